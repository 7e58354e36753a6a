import * as Effect from "effect/Effect"
import * as errcodes from "./errmsg.js"
import * as Json from "./json.js"

/** What WeChat has to say, before it is known which way it travels. */
export interface Answer extends Json.JsonObject {
  readonly errcode?: number
}

/** A whole HTTP reply, with the errcode that it brings for the journal. */
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

/** The HTTPS API puts a body on the wire as it is, with status 200 whatever it says. */
export const https = (body: string | Uint8Array, contentType: string, errcode: number | undefined): Reply =>
  make(200, contentType, body, errcode)

export const httpsAnswer = (answer: Answer): Reply => https(JSON.stringify(answer), wechatJson, answer.errcode)

/** A refusal with WeChat's own text, and the request id behind it. */
export const refusal = (errcode: number, rid: string): Answer => ({
  errcode,
  errmsg: `${errcodes.errmsg(errcode) ?? "unknown error"} rid: ${rid}`
})

/** An answer, or the errcode that a request is refused with. */
export type Answering = Effect.Effect<Answer, number>

export const settled = (answering: Answering, rid: string): Effect.Effect<Answer> =>
  Effect.catchAll(answering, (errcode) => Effect.succeed(refusal(errcode, rid)))

/** What the HTTPS API replies. */
export const httpsAnswering = (answering: Answering, rid: string): Effect.Effect<Reply> =>
  Effect.map(settled(answering, rid), httpsAnswer)
