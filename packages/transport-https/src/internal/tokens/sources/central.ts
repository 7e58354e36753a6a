import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TokenContext } from "../context.js"
import { Keeper } from "../keeper.js"
import { keyOf, readToken } from "../tokenSource.js"

/** The keeper of a token from a service of the user's own. Its client has the service's origin as base URL. */
export const makeCentral = (
  context: TokenContext,
  appId: string,
  url: URL,
  authorization: Redacted.Redacted<string> | undefined
): Keeper => {
  const { client } = context
  const route = { api: "the central token service", path: url.pathname }
  // apart from the path, which errors show
  const query = url.search === "" ? {} : { query: Object.fromEntries(url.searchParams) }
  const header = authorization === undefined ? {} : { headers: { authorization: Redacted.value(authorization) } }
  return new Keeper(
    {
      ...route,
      key: Effect.succeed(keyOf(appId, "central", { url }, authorization ?? Redacted.make(""))),
      parameter: "access_token",
      isExclusive: false,
      request: (deadline, rejected) =>
        client
          .send(
            {
              ...route,
              ...header,
              ...query,
              endpoint: "credential",
              body: { appid: appId, ...(rejected === undefined ? {} : { rejected: Redacted.value(rejected) }) },
              ...(authorization === undefined ? {} : { secrets: [authorization] }),
              // a service that has no other token yet answers with the same one
              ...(rejected === undefined ? {} : { returned: rejected })
            },
            deadline
          )
          .pipe(Effect.flatMap(readToken(client, route)))
    },
    context
  )
}
