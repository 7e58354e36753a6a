import { WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Headers from "@effect/platform/Headers"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type { CredentialProvider } from "../../../Credential.js"

const failure = (description: string) =>
  new WechatTransportError({ api: "cloudbase_access_token", reason: "credential", description, isRetryable: false })

export const make = (token: Effect.Effect<Redacted.Redacted<string>, WechatTransportError>): CredentialProvider => ({
  get: Effect.map(token, (value) => ({ parameter: "cloudbase_access_token", value })),
  invalidate: () => Effect.void
})

export const unreadable = () =>
  failure("the cloudbase_access_token cannot be read: run inside WeChat cloud run, or use another credential")

const header = "x-wx-cloudbase-access-token"

/** The token of the request that the calling fiber answers. */
export const ofRequest = (): Effect.Effect<Redacted.Redacted<string>, WechatTransportError> =>
  Effect.flatMap(Effect.context<never>(), (context) =>
    Option.match(
      Option.flatMapNullable(
        Context.getOption(context, HttpServerRequest.HttpServerRequest),
        (request) => request.headers[header]
      ),
      {
        onNone: () =>
          Effect.fail(
            failure(
              `there is no request with the header ${header}: call while an HttpServer of WeChat cloud run answers one, and turn on the push of the token in its console`
            )
          ),
        onSome: (value) => Effect.succeed(Redacted.make(value))
      }
    )
  )

/** milliseconds */
const interval = 250

/** Redacts these headers in the server's span. */
export const layerRedactedHeader = () =>
  Layer.fiberRefLocallyScopedWith(Headers.currentRedactedNames, (names) => [
    ...names,
    header,
    "x-wx-from-cloudbase-access-token"
  ])

/** Before cloud run has written a token, there is nothing, or something short. */
const isToken = (text: string) => /^[^\s<>{}$]{20,}$/.test(text)

export const ofFile = (path: string, patience: Duration.Duration) =>
  Effect.map(FileSystem.FileSystem, (fs): Effect.Effect<Redacted.Redacted<string>, WechatTransportError> => {
    const tries = Math.ceil(Duration.toMillis(patience) / interval)
    const read = Effect.flatMap(fs.readFileString(path), (text) =>
      isToken(text.trim()) ? Effect.succeed(text.trim()) : Effect.fail(undefined)
    )
    return read.pipe(
      Effect.retry({ times: tries, schedule: Schedule.spaced(interval) }),
      Effect.mapBoth({
        onSuccess: (text) => Redacted.make(text),
        onFailure: () =>
          failure(
            `${path} has no token after ${Duration.format(patience)}: turn on the push of cloudbase_access_token in the console of WeChat cloud run, or use another credential`
          )
      })
    )
  })
