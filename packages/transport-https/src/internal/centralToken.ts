import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Client from "./client.js"
import type { Options } from "./options.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

/**
 * The endpoint of a token service of yours.
 *
 * @since 0.1.0
 * @category models
 */
export interface CentralOptions extends Omit<Options, "baseUrl"> {
  readonly url: URL
  readonly appId: string
  /** what its header `authorization` is to say, such as `Bearer …` */
  readonly authorization?: Redacted.Redacted<string> | undefined
}

export const makeCentral = Effect.fnUntraced(function* ({ appId, authorization, url, ...options }: CentralOptions) {
  const client = yield* Client.make({ ...options, baseUrl: new URL(url.origin) })
  const about = { api: "the central token service", path: url.pathname }
  // apart from the path, which errors show
  const query = url.search === "" ? {} : { query: Object.fromEntries(url.searchParams) }
  const header = authorization === undefined ? {} : { headers: { authorization: Redacted.value(authorization) } }
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
              ...header,
              ...query,
              endpoint: "credential",
              body: { appid: appId, ...(rejected === undefined ? {} : { rejected: Redacted.value(rejected) }) },
              secrets: [authorization, rejected].filter((secret) => secret !== undefined)
            },
            deadline
          )
          .pipe(Effect.flatMap(readToken(client, about)))
    },
    client
  )
})
