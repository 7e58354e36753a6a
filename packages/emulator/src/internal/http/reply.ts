import * as Effect from "effect/Effect"
import { errmsg } from "./errmsg.js"
import * as Json from "./json.js"

/** The fields of WeChat's reply, before they are encoded for HTTPS or for the gateway. */
export interface Answer extends Json.JsonObject {
  readonly errcode?: number
}

/** An HTTP reply. The journal records its errcode. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly errcode?: number
}

export const wechatJson = "application/json; encoding=utf-8"

export const make = (
  status: number,
  contentType: string,
  body: string | Uint8Array,
  errcode: number | undefined
): Reply => ({
  status,
  headers: { "content-type": contentType },
  body: Json.bytes(body),
  ...(errcode === undefined ? {} : { errcode })
})

/** A reply of the HTTPS API, which has status 200 also for errors. */
export const https = (body: string | Uint8Array, contentType: string, errcode: number | undefined): Reply =>
  make(200, contentType, body, errcode)

export const httpsAnswer = (answer: Answer): Reply => https(JSON.stringify(answer), wechatJson, answer.errcode)

/** An errcode with WeChat's text, followed by the request id. */
export const refusal = (errcode: number, rid: string): Answer => ({
  errcode,
  errmsg: `${errmsg(errcode) ?? "unknown error"} rid: ${rid}`
})

/** Computes an answer, or fails with the errcode that refuses the request. */
export type Answering = Effect.Effect<Answer, number>

/** Turns a failure into the answer that carries its errcode. */
export const settled = (answering: Answering, rid: string): Effect.Effect<Answer> =>
  Effect.catchAll(answering, (errcode) => Effect.succeed(refusal(errcode, rid)))

/** The reply of the HTTPS API to a request. */
export const httpsAnswering = (answering: Answering, rid: string): Effect.Effect<Reply> =>
  Effect.map(settled(answering, rid), httpsAnswer)
