import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type * as State from "../../domain/state.js"
import type { Endpoint } from "../../http/endpoint.js"
import * as Platform from "./request.js"

const most = 500

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** `POST /cgi-bin/component/api_get_authorizer_list` */
export const make = (state: State.State): Endpoint => ({
  name: "component",
  handle: (request) =>
    Platform.handle(state, request, "getAuthorizerList", "component_appid", ({ count, offset }, { authorizations }) =>
      Effect.gen(function* () {
        if (!isCount(offset) || !isCount(count)) {
          return yield* Effect.fail(47001)
        }
        if (count > most) {
          return yield* Effect.fail(40170)
        }
        const startedAt = yield* Ref.get(state.startedAt)
        return {
          total_count: authorizations.length,
          list: authorizations
            .slice(offset, offset + count)
            .map(({ appid, authTime = Math.floor(startedAt / 1000), refreshToken }) => ({
              authorizer_appid: appid,
              refresh_token: Redacted.value(refreshToken),
              auth_time: authTime
            }))
        }
      })
    )
})
