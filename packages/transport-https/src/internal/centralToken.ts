import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Redacted from "effect/Redacted"
import * as Client from "./client.js"
import type { Exchange } from "./exchange.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

/**
 * Where a service of your own hands out the tokens of a mini program.
 *
 * @since 0.1.0
 * @category models
 */
export interface Central {
  readonly appId: string
  /** a query in it is sent, and shown in no error */
  readonly url: URL
  /** the `authorization` header, such as `Bearer …` */
  readonly authorization?: Redacted.Redacted<string> | undefined
  /** 10 seconds by default */
  readonly timeout?: Duration.DurationInput | undefined
  /** bytes of a reply, counted while it is read; 8 MiB by default */
  readonly maxBodySize?: number | undefined
}

const authorized =
  (authorization: Redacted.Redacted<string>) =>
  (exchange: Exchange): Exchange =>
  (url, body, fiber, onEnd, headers) =>
    exchange(url, body, fiber, onEnd, { ...headers, authorization: Redacted.value(authorization) })

export const makeCentral = Effect.fnUntraced(function* ({ appId, authorization, url, ...limits }: Central) {
  const client = yield* Client.make(
    { ...limits, baseUrl: new URL(url.origin) },
    authorization === undefined ? identity : authorized(authorization)
  )
  const about = { api: "central token", path: url.pathname }
  const query = url.search === "" ? {} : { query: Object.fromEntries(url.searchParams) }
  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${appId}:central`,
      parameter: "access_token",
      isExclusive: false,
      request: (deadline, rejected) =>
        client
          .send(
            {
              ...about,
              ...query,
              endpoint: "credential",
              body: { appid: appId, ...(rejected === undefined ? {} : { rejected: Redacted.value(rejected) }) },
              secrets: authorization === undefined ? [] : [authorization]
            },
            deadline
          )
          .pipe(Effect.flatMap(readToken(client, about)))
    },
    client
  )
})
