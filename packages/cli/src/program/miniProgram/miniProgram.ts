/** Gives a command its mini program, and the transport to it. */
import type { EmulatorError } from "@effect-wechat/emulator/Emulator"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { CliError } from "../failure/errors.js"
import { find, findProfile } from "./find.js"
import { type Found, MiniProgram, type Target } from "./target.js"

export type Services = MiniProgram | Transport | AccessToken.AccessToken | ThirdPartyPlatform

const layerOf = ({ appid, baseUrl, credential, source }: Found): Layer.Layer<Services, InvalidOptions> => {
  const options = { baseUrl }
  const isThirdParty = "accessToken" in credential
  const token =
    "accessToken" in credential
      ? AccessToken.layerStatic(credential)
      : AccessToken.layerStable({ ...options, appId: appid ?? "", appSecret: credential.appSecret })
  const host = baseUrl?.host ?? "api.weixin.qq.com"
  const server = { zh: `微信（${host}）`, en: `WeChat (${host})` }
  return HttpsTransport.layerAccessToken(options).pipe(
    Layer.provideMerge(token),
    Layer.provide(NodeTransport.layerNodeClient()),
    Layer.merge(Layer.succeed(ThirdPartyPlatform, {})),
    Layer.merge(Layer.succeed(MiniProgram, { appid, source, server, isThirdParty }))
  )
}

const isContradictory = ({ appid, emulator, profile }: Target) =>
  emulator && (Option.isSome(appid) || Option.isSome(profile))

type LayerError = EmulatorError | InvalidOptions

const layer = <Some extends Services>(target: Target, emulated: () => Promise<Layer.Layer<Some, LayerError>>) =>
  Layer.unwrapEffect(
    Effect.gen(function* () {
      if (isContradictory(target)) {
        return yield* new CliError({
          category: "usage",
          text: { zh: "--emulator 使用自己的小程序", en: "--emulator uses its own mini program" },
          hint: { zh: "请去掉 --appid 或 --profile。", en: "Remove --appid and --profile." }
        })
      }
      const { profile } = target
      const given: Layer.Layer<Some, LayerError> = target.emulator
        ? yield* Effect.promise(emulated)
        : layerOf(yield* Option.isSome(profile) ? findProfile(profile.value) : find(target))
      return given
    })
  )

/** The mini program that the options choose. */
export const layerOfTarget = (target: Target) => layer(target, () => import("./embedded.js").then(({ layer }) => layer))

/** Provides the mini program that the options choose. */
export const provide =
  (target: Target) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(effect, layerOfTarget(target))

/** Provides it for an operation that only a third-party platform may perform. */
export const provideThirdParty =
  (target: Target) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(
      effect,
      layer<Exclude<Services, AccessToken.AccessToken>>(target, () =>
        import("./embedded.js").then(({ layerThirdParty }) => layerThirdParty)
      )
    )
