import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { Body } from "../http/body.js"
import { type PushRefused, refused } from "./refused.js"
import { isSigned, type Opened, open, type PushKey } from "./sealed.js"
import { fieldsOf } from "./xml.js"

export interface Receiver {
  readonly componentAppId: string
  readonly token: Redacted.Redacted<string>
  /** the key in use, and the one before while WeChat changes them */
  readonly keys: ReadonlyArray<PushKey>
  readonly maxAge: Duration.Duration
}

/** A push that WeChat has made. */
export interface Push {
  readonly fields: ReadonlyMap<string, string>
  /** the same for each repetition */
  readonly signature: string
}

/** Many times the size of a push. */
const maxBodySize = 64 * 1024

const decoder = new TextDecoder()

const oversized = refused("oversized", `it has more than ${maxBodySize} bytes`)

const readBody = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<string, PushRefused> =>
  Effect.suspend(() => {
    const body = new Body(maxBodySize)
    return request.stream.pipe(
      Stream.mapError(() => refused("malformed", "its body ended early")),
      Stream.runForEachChunk((chunks) => {
        for (const bytes of chunks) {
          if (!body.add(bytes)) {
            return Effect.fail(oversized)
          }
        }
        return Effect.void
      }),
      Effect.map(() => decoder.decode(body.bytes))
    )
  })

const queryOf = ({ url }: HttpServerRequest.HttpServerRequest) => {
  const query = new URLSearchParams(url.replace(/^[^?]*\??/, ""))
  const [timestamp, nonce, signature] = ["timestamp", "nonce", "msg_signature"].map((name) => query.get(name) ?? "")
  return /^\d{1,12}$/.test(timestamp!) && nonce !== "" && signature !== ""
    ? Effect.succeed({ timestamp: timestamp!, nonce: nonce!, signature: signature! })
    : Effect.fail(refused("malformed", "its URL has no timestamp, nonce and msg_signature"))
}

const fieldsOrRefused = (text: string, what: string) => {
  const fields = fieldsOf(text)
  return fields === undefined
    ? Effect.fail(refused("malformed", `${what} is not XML as WeChat writes it`))
    : Effect.succeed(fields)
}

const openWith = Effect.fnUntraced(function* (
  keys: ReadonlyArray<PushKey>,
  encrypted: string
): Effect.fn.Return<ReadonlyArray<Opened>> {
  const opened = yield* Effect.forEach(keys, (key) => open(key, encrypted))
  return opened.filter((one) => one !== undefined)
})

/** Reads a push, checks that WeChat made it a short while ago, and decrypts it. */
export const receive = Effect.fnUntraced(function* (
  { componentAppId, keys, maxAge, token }: Receiver,
  request: HttpServerRequest.HttpServerRequest
): Effect.fn.Return<Push, PushRefused> {
  if (request.method !== "POST") {
    return yield* refused("method", "it is not a POST")
  }
  const { nonce, signature, timestamp } = yield* queryOf(request)
  const encrypted = (yield* fieldsOrRefused(yield* readBody(request), "its body")).get("Encrypt")
  if (encrypted === undefined) {
    return yield* refused("malformed", "its body is not encrypted: choose the safe mode (安全模式) for the platform")
  }
  if (!(yield* isSigned(token, [timestamp, nonce, encrypted], signature))) {
    return yield* refused("forged", "its msg_signature is wrong: WeChat has not sent it, or with another token")
  }
  const age = (yield* Clock.currentTimeMillis) - Number(timestamp) * 1000
  if (Math.abs(age) > Duration.toMillis(maxAge)) {
    return yield* refused("stale", `its timestamp is ${Math.round(age / 1000)} s old: check the clock of this machine`)
  }
  const opened = yield* openWith(keys, encrypted)
  const own = opened.find(({ receiver }) => receiver === componentAppId)
  if (own === undefined) {
    return yield* opened.some(({ receiver }) => /^wx[\w-]+$/.test(receiver))
      ? refused("forged", "it was encrypted for another platform")
      : refused("undecryptable", "the EncodingAESKey is not the one that it was encrypted with")
  }
  return { fields: yield* fieldsOrRefused(own.message, "what is encrypted in it"), signature }
})
