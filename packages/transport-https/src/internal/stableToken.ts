import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Client from "./client.js"
import type { Options } from "./options.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

const about = { api: "auth.getStableAccessToken", path: "/cgi-bin/stable_token" }

/** WeChat's limits of `force_refresh`, for one app. */
const interval = Duration.toMillis("30 seconds")
const day = Duration.toMillis("1 day")
const timesADay = 20

/** An app whose secret may have to be looked up, each time that it is needed. */
interface App {
  readonly appId: string
  readonly appSecret: Redacted.Redacted<string> | Effect.Effect<Redacted.Redacted<string>, unknown>
}

export const makeStable = Effect.fnUntraced(function* (options: App & Options) {
  const client = yield* Client.make(options)
  const { appId, appSecret } = options
  const secret = Redacted.isRedacted(appSecret)
    ? Effect.succeed(appSecret)
    : Effect.mapError(appSecret, () => client.failure(about, "credential", `the app secret of ${appId} cannot be read`))
  const clock = yield* Effect.clock
  let forced: ReadonlyArray<number> = []

  const request = (deadline: Deadline, more: { readonly force_refresh?: true }) =>
    secret.pipe(
      Effect.flatMap((secret) =>
        client.send(
          {
            ...about,
            endpoint: "credential",
            body: { grant_type: "client_credential", appid: appId, secret: Redacted.value(secret), ...more },
            secrets: [secret]
          },
          deadline
        )
      ),
      Effect.flatMap(readToken(client, about))
    )

  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${appId}:stable`,
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
