import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Client from "./client.js"
import type { App } from "./credential.js"
import type { Options } from "./options.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

const about = { api: "auth.getStableAccessToken", path: "/cgi-bin/stable_token" }

/** WeChat's limits of `force_refresh`, for one app. */
const interval = Duration.toMillis("30 seconds")
const day = Duration.toMillis("1 day")
const timesADay = 20

export const makeStable = Effect.fnUntraced(function* (options: App & Options) {
  const client = yield* Client.make(options)
  const clock = yield* Effect.clock
  let forced: ReadonlyArray<number> = []

  const request = (deadline: Deadline, more: { readonly force_refresh?: true }) =>
    client
      .send(
        {
          ...about,
          endpoint: "credential",
          body: {
            grant_type: "client_credential",
            appid: options.appId,
            secret: Redacted.value(options.appSecret),
            ...more
          },
          secrets: [options.appSecret]
        },
        deadline
      )
      .pipe(Effect.flatMap(readToken(client, about)))

  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${options.appId}:stable`,
      parameter: "access_token",
      isExclusive: false,
      request: (deadline) => request(deadline, {}),
      force: (deadline) =>
        Effect.suspend(() => {
          const now = clock.unsafeCurrentTimeMillis()
          forced = forced.filter((at) => now - at < day)
          if (forced.length >= timesADay || forced.some((at) => now - at < interval)) {
            return Effect.succeed(undefined)
          }
          forced = [...forced, now]
          return request(deadline, { force_refresh: true })
        })
    },
    client
  )
})
