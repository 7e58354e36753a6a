import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../AccessToken.js"
import * as Client from "./client.js"
import { type App, type Credential, TokenRefused } from "./credential.js"
import type { Options } from "./options.js"

const api = "auth.getStableAccessToken"
const path = "/cgi-bin/stable_token"

/** WeChat hands out a new stable token in the last five minutes of the old one. */
const renewalWindow = Duration.toMillis("5 minutes")
/** WeChat takes no second `force_refresh` sooner. */
const forceInterval = Duration.toMillis("30 seconds")

type Failure = TokenRefused | WechatTransportError

interface Cached {
  readonly credential: Credential
  readonly renewAt: number
}

const isSame = (a: Redacted.Redacted<string>, b: Redacted.Redacted<string>) => Redacted.value(a) === Redacted.value(b)

export const makeStable = Effect.fnUntraced(function* (options: App & Options) {
  const client = yield* Client.make(options)
  const scope = yield* Effect.scope
  const clock = yield* Effect.clock
  let cached: Cached | undefined
  let rejected: Redacted.Redacted<string> | undefined
  let forcedAt = -Infinity
  let pending: Deferred.Deferred<Credential, Failure> | undefined

  const fail = (reason: WechatTransportError["reason"], description: string) =>
    new WechatTransportError({ api, reason, description, isRetryable: WechatTransportError.isTransient(reason) })

  const request = Effect.fnUntraced(function* (force: boolean, deadline: Deadline) {
    const reply = yield* client.post(
      {
        api,
        endpoint: "credential",
        path,
        body: {
          grant_type: "client_credential",
          appid: options.appId,
          secret: Redacted.value(options.appSecret),
          ...(force ? { force_refresh: true } : {})
        },
        secrets: [options.appSecret]
      },
      deadline
    )
    if (reply.errcode !== 0) {
      return yield* new TokenRefused({ reply })
    }
    const { access_token, expires_in }: { access_token?: unknown; expires_in?: unknown } = Object(reply.body)
    if (
      typeof access_token !== "string" ||
      access_token === "" ||
      typeof expires_in !== "number" ||
      !(expires_in > 0)
    ) {
      return yield* fail("body", `POST ${path}: the reply has no access_token with an expires_in in seconds`)
    }
    return { value: Redacted.make(access_token), lifetime: expires_in * 1000 }
  })

  const fetch = Effect.gen(function* () {
    const deadline = client.startDeadline()
    let token = yield* request(false, deadline)
    const now = clock.unsafeCurrentTimeMillis()
    if (rejected !== undefined && isSame(rejected, token.value) && now - forcedAt >= forceInterval) {
      forcedAt = now
      token = yield* request(true, deadline)
    }
    // a tenth of a short life, so that a token is used at all
    const margin = Math.min(renewalWindow, token.lifetime / 10)
    const credential: Credential = { parameter: "access_token", value: token.value }
    cached = { credential, renewAt: clock.unsafeCurrentTimeMillis() + token.lifetime - margin }
    return credential
  })

  /** One request for all who wait, in the layer's scope: no caller's interruption reaches it. */
  const renew = Effect.uninterruptibleMask((restore) =>
    Effect.suspend(() => {
      if (pending !== undefined) {
        return restore(Deferred.await(pending))
      }
      const deferred = (pending = Deferred.unsafeMake<Credential, Failure>(FiberId.none))
      return Effect.interruptible(fetch).pipe(
        Effect.onExit((exit) => {
          pending = undefined
          return Deferred.done(deferred, exit)
        }),
        Effect.forkIn(scope),
        Effect.zipRight(restore(Deferred.await(deferred)))
      )
    })
  )

  const fresh = () =>
    cached !== undefined && clock.unsafeCurrentTimeMillis() < cached.renewAt ? cached.credential : undefined

  const service: AccessToken.Service = {
    get: Effect.suspend(() => {
      const credential = fresh()
      return credential === undefined ? renew : Effect.succeed(credential)
    }),
    cached: fresh,
    invalidate: ({ value }) =>
      Effect.sync(() => {
        if (cached === undefined || isSame(cached.credential.value, value)) {
          cached = undefined
          rejected = value
        }
      })
  }
  return service
})
