import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Authorization } from "../../../World.js"
import { byAppid } from "../../domain/miniPrograms.js"
import * as State from "../../domain/state.js"
import type { Endpoint } from "../../http/endpoint.js"
import * as PlatformCodes from "../../tokens/platformCodes.js"
import * as Token from "../../tokens/token.js"
import * as Platform from "./request.js"

const infoOf = ({ appid, permissionSets, refreshToken }: Authorization) => ({
  authorizer_appid: appid,
  authorizer_refresh_token: Redacted.value(refreshToken),
  func_info: permissionSets.map((id) => ({ funcscope_category: { id } }))
})

/** `POST /cgi-bin/component/api_create_preauthcode` */
export const makePreAuthCode = (state: State.State): Endpoint => ({
  name: "component",
  handle: (request) =>
    Platform.handle(state, request, "getPreAuthCode", "component_appid", (_, { appid: component }) =>
      Effect.map(
        Ref.modify(state.world, (world) => {
          const grant = { kind: "preauthcode", component } as const
          const [code, platformCodes] = PlatformCodes.issue(world.platformCodes, grant, request.now)
          return [code, { ...world, platformCodes }]
        }),
        (pre_auth_code) => ({ pre_auth_code, expires_in: PlatformCodes.lifetimes.preauthcode })
      )
    )
})

/** `POST /cgi-bin/component/api_query_auth` */
export const makeQuery = (state: State.State): Endpoint => ({
  name: "component",
  handle: (request) =>
    Platform.handle(state, request, "getAuthorizerRefreshToken", "component_appid", (data, component) =>
      Effect.gen(function* () {
        const { now } = request
        const used = yield* Ref.modify(state.world, (world) => {
          const grant = { kind: "queryauthcode", component: component.appid } as const
          const [used, platformCodes] = PlatformCodes.use(
            world.platformCodes,
            String(data["authorization_code"]),
            grant,
            now
          )
          return [used, { ...world, platformCodes }]
        })
        if (typeof used === "number") {
          return yield* Effect.fail(used)
        }
        const authorization = byAppid(component.authorizations).get(used.appid)
        if (authorization === undefined) {
          return yield* Effect.fail(61003)
        }
        const token = yield* State.modifyTokens(state, authorization.appid, (tokens) =>
          Token.issue(tokens, "authorizer", now, component.appid)
        )
        return {
          authorization_info: {
            ...infoOf(authorization),
            authorizer_access_token: token.value,
            expires_in: Token.secondsLeft(token, now)
          }
        }
      })
    )
})

/** `POST /cgi-bin/component/api_get_authorizer_info` */
export const makeInfo = (state: State.State): Endpoint => ({
  name: "component",
  handle: (request) =>
    Platform.handle(state, request, "getAuthorizerInfo", "authorizer_appid", (data, component) =>
      Effect.gen(function* () {
        const appid = String(data["authorizer_appid"])
        const authorization = byAppid(component.authorizations).get(appid)
        const miniProgram = byAppid((yield* Ref.get(state.world)).miniPrograms).get(appid)
        if (authorization === undefined || miniProgram === undefined) {
          return yield* Effect.fail(61003)
        }
        return {
          authorizer_info: { nick_name: miniProgram.nickname, head_img: miniProgram.headimgurl },
          authorization_info: infoOf(authorization)
        }
      })
    )
})
