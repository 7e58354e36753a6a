/** Which mini program is meant, and what opens it. */
import type { EmulatorError } from "@effect-wechat/emulator/Emulator"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import { CliError } from "./failure.js"
import type { Text } from "./language.js"
import { Screen } from "./screen.js"
import * as Secret from "./secret.js"
import * as Settings from "./settings.js"

/** What was said of it on the command line. */
export interface Target {
  readonly appid: Option.Option<string>
  readonly profile: Option.Option<string>
  readonly emulator: boolean
}

/** The mini program that a command is about. */
export class MiniProgram extends Context.Tag("@effect-wechat/cli/MiniProgram")<
  MiniProgram,
  {
    /** `undefined` where only an access token is known */
    readonly appid: string | undefined
    /** where its credential comes from */
    readonly source: Text
    /** who answers */
    readonly server: Text
    /** whether the token may be that of a third-party platform, which `update` needs */
    readonly isThirdParty: boolean
  }
>() {}

interface Found {
  readonly appid: string | undefined
  readonly source: Text
  readonly baseUrl?: URL | undefined
  readonly credential:
    | { readonly appSecret: Redacted.Redacted<string> }
    | { readonly accessToken: Redacted.Redacted<string> }
}

const environment = Config.all({
  appid: Config.option(Config.nonEmptyString("WECHAT_APPID")),
  appSecret: Config.option(Config.redacted(Config.nonEmptyString("WECHAT_SECRET"))),
  accessToken: Config.option(Config.redacted(Config.nonEmptyString("WECHAT_ACCESS_TOKEN"))),
  baseUrl: Config.option(Config.url("WECHAT_BASE_URL"))
})

const usage = (text: Text, hint: Text) => new CliError({ kind: "usage", text, hint })

const fromProfile = Effect.fnUntraced(function* (name: string, profile: Settings.Profile) {
  const { appid, baseUrl = Option.getOrUndefined((yield* environment).baseUrl) } = profile
  const source = { zh: `配置 ${name}`, en: `profile ${name}` }
  const credential =
    "secret" in profile
      ? { appSecret: yield* Secret.read(name, profile.secret) }
      : { accessToken: yield* Secret.read(name, profile.accessToken) }
  return { appid, baseUrl, source, credential } satisfies Found
})

const named = Effect.fnUntraced(function* (name: string) {
  const { profiles } = yield* Settings.load
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile === undefined) {
    const names = Object.keys(profiles).join(", ")
    return yield* usage(
      { zh: `没有名为 ${name} 的配置`, en: `there is no profile ${name}` },
      names === ""
        ? { zh: `请写入 ${yield* Settings.path}。`, en: `Write it into ${yield* Settings.path}.` }
        : { zh: `现有：${names}。`, en: `There are: ${names}.` }
    )
  }
  return yield* fromProfile(name, profile)
})

const missing = new CliError({
  kind: "credential",
  text: { zh: "不知道是哪个小程序", en: "no mini program is named" },
  hint: {
    zh: "设置 WECHAT_APPID 与 WECHAT_SECRET，或用 --profile，或用 --emulator 试用。",
    en: "Set WECHAT_APPID and WECHAT_SECRET, or use --profile, or try it with --emulator."
  }
})

const withoutSecret = (appid: string) =>
  new CliError({
    kind: "credential",
    text: { zh: `没有 ${appid} 的 AppSecret`, en: `there is no app secret of ${appid}` },
    hint: {
      zh: "设置 WECHAT_SECRET，或在终端中输入，或写入配置文件；它从不作为参数。",
      en: "Set WECHAT_SECRET, type it on a terminal, or write it into the config file; it is never an argument."
    }
  })

/** By the environment, the config file, or by asking. */
const found = Effect.fnUntraced(function* (target: Target) {
  const { accessToken, appSecret, appid: ofEnvironment, baseUrl } = yield* environment
  const appid = Option.orElse(target.appid, () => ofEnvironment)
  const where = { appid: Option.getOrUndefined(appid), baseUrl: Option.getOrUndefined(baseUrl) }
  // what the environment has belongs to the app id of the environment
  const isOther = Option.isSome(appid) && Option.exists(ofEnvironment, (other) => other !== appid.value)
  if (Option.isSome(accessToken) && !isOther) {
    const source = { zh: "环境变量 WECHAT_ACCESS_TOKEN", en: "WECHAT_ACCESS_TOKEN" }
    return { ...where, source, credential: { accessToken: accessToken.value } } satisfies Found
  }
  if (Option.isNone(appid)) {
    const { default: name } = yield* Settings.load
    return name === undefined || Option.isSome(appSecret) ? yield* missing : yield* named(name)
  }
  if (Option.isSome(appSecret) && !isOther) {
    const source = { zh: "环境变量 WECHAT_SECRET", en: "WECHAT_SECRET" }
    return { ...where, source, credential: { appSecret: appSecret.value } } satisfies Found
  }
  const { profiles } = yield* Settings.load
  const profile = Object.entries(profiles).find(([, profile]) => profile.appid === appid.value)
  if (profile !== undefined) {
    return yield* fromProfile(...profile)
  }
  const { isInteractive } = yield* Screen
  if (!isInteractive) {
    return yield* withoutSecret(appid.value)
  }
  const source = { zh: "在终端中输入", en: "typed on the terminal" }
  return { ...where, source, credential: { appSecret: yield* Secret.ask(appid.value) } } satisfies Found
})

/** WeChat does not redirect, and a token must not follow one. */
const client = Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.RequestInit, { redirect: "manual" }))

type Services = MiniProgram | Transport | AccessToken.AccessToken | ThirdPartyPlatform

const layerOf = ({ appid, baseUrl, credential, source }: Found): Layer.Layer<Services> => {
  const options = { baseUrl }
  const isThirdParty = "accessToken" in credential
  const token =
    "accessToken" in credential
      ? AccessToken.layerStatic(credential.accessToken)
      : AccessToken.layerStable({ ...options, appId: appid ?? "", appSecret: credential.appSecret })
  const host = baseUrl?.host ?? "api.weixin.qq.com"
  const server = { zh: `微信（${host}）`, en: `WeChat (${host})` }
  return HttpsTransport.layerAccessToken(options).pipe(
    Layer.provideMerge(token),
    Layer.provide(client),
    Layer.merge(Layer.succeed(ThirdPartyPlatform, {})),
    Layer.merge(Layer.succeed(MiniProgram, { appid, source, server, isThirdParty }))
  )
}

const isContradictory = ({ appid, emulator, profile }: Target) =>
  emulator && (Option.isSome(appid) || Option.isSome(profile))

const layer = <Some extends Services>(target: Target, emulated: () => Promise<Layer.Layer<Some, EmulatorError>>) =>
  Layer.unwrapEffect(
    Effect.gen(function* () {
      if (isContradictory(target)) {
        return yield* usage(
          { zh: "--emulator 有自己的小程序", en: "--emulator has a mini program of its own" },
          { zh: "请不要同时使用 --appid 或 --profile。", en: "Leave out --appid and --profile." }
        )
      }
      const { profile } = target
      const given: Layer.Layer<Some, EmulatorError> = target.emulator
        ? yield* Effect.promise(emulated)
        : layerOf(yield* Option.isSome(profile) ? named(profile.value) : found(target))
      return given
    })
  )

/** Gives a command its mini program. */
export const provide =
  (target: Target) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(
      effect,
      layer(target, () => import("./embedded.js").then(({ layer }) => layer))
    )

/** The same for what only a third-party platform may do. */
export const provideThirdParty =
  (target: Target) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(
      effect,
      layer<Exclude<Services, AccessToken.AccessToken>>(target, () =>
        import("./embedded.js").then(({ layerThirdParty }) => layerThirdParty)
      )
    )
