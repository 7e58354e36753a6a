import * as Operation from "@effect-wechat/plugin-manager/Operation"
import { retryTransient } from "@effect-wechat/plugin-manager/PluginManager"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Authorizers } from "../Authorizers.js"

/** the most that WeChat gives at once */
const pageSize = 500

const getAuthorizerList = Operation.call(
  Operation.make({
    api: "getAuthorizerList",
    path: "/cgi-bin/component/api_get_authorizer_list",
    httpsOnly: true,
    idempotent: true,
    payload: Schema.Struct({ component_appid: Schema.String, offset: Schema.Int, count: Schema.Int }),
    success: Schema.Struct({
      total_count: Schema.Int,
      list: Schema.Array(
        Schema.Struct({ authorizer_appid: Schema.String, refresh_token: Schema.String, auth_time: Schema.Int })
      )
    }),
    errors: []
  })
)

/** Lists the mini programs that have authorized a platform, over a transport with the platform's own token. */
export const makeAuthorizers = (transport: Transport.Service, component_appid: string): Authorizers.Service => {
  const page = (offset: number) =>
    retryTransient(getAuthorizerList({ component_appid, offset, count: pageSize })).pipe(
      Effect.catchTag("InvalidPayload", Effect.die),
      Effect.provideService(Transport, transport)
    )
  return {
    all: Stream.paginateChunkEffect(0, (offset) =>
      Effect.map(page(offset), ({ list, total_count }) => {
        const next = offset + list.length
        return [
          Chunk.unsafeFromArray(
            list.map(({ auth_time, authorizer_appid, refresh_token }) => ({
              appId: authorizer_appid,
              refreshToken: Redacted.make(refresh_token),
              authorizedAt: auth_time * 1000
            }))
          ),
          list.length === 0 || next >= total_count ? Option.none() : Option.some(next)
        ]
      })
    )
  }
}
