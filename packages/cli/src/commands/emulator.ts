import * as Emulator from "@effect-wechat/emulator/Emulator"
import * as Journal from "@effect-wechat/emulator/Journal"
import * as World from "@effect-wechat/emulator/World"
import * as FileSystem from "@effect/platform/FileSystem"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { CliError } from "../program/failure.js"
import { Screen } from "../program/screen.js"
import type { Style } from "../program/style.js"

export interface Options {
  readonly port: number
  readonly world: Option.Option<string>
}

const welcome = Effect.gen(function* () {
  const { answerLine, say } = yield* Screen
  const { appId, appSecret, gatewayUrl, secretId, secretKey, url } = yield* Emulator.Emulator
  // made up by the emulator, and good for nothing else: that is what they are shown for
  const environment = {
    WECHAT_BASE_URL: url.origin,
    WECHAT_APPID: appId,
    WECHAT_SECRET: Redacted.value(appSecret),
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
  }
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`)
  yield* answerLine({ url: url.origin, gatewayUrl, environment }, ({ colors }) =>
    [
      say({
        zh: "微信模拟器已启动，按 Ctrl-C 结束。以下凭证均为虚构，只在这里有效：",
        en: "WeChat is emulated until Ctrl-C. What follows is made up, and works nowhere else:"
      }),
      "",
      ...exports,
      "",
      `${colors.bold("HTTPS API")}  ${url.origin}  ${say({ zh: "（代替 https://api.weixin.qq.com）", en: "(instead of https://api.weixin.qq.com)" })}`,
      `${colors.bold("Gateway")}    ${gatewayUrl}  ${say({ zh: "（wx-server-sdk 的 serviceUrl）", en: "(the serviceUrl of wx-server-sdk)" })}`,
      `${colors.bold("Control")}    ${url.origin}/__emulator/world, seed, fault, advance, journal, reset …`,
      ""
    ].join("\n")
  )
})

const colorOf = ({ colors }: Style, { reply }: Journal.Entry) =>
  reply.fault !== undefined
    ? colors.magenta
    : (reply.errcode ?? 0) === 0 && reply.status === 200
      ? colors.green
      : colors.red

const log = (entry: Journal.Entry) =>
  Effect.gen(function* () {
    const { answerLine } = yield* Screen
    const time = DateTime.formatIso(yield* DateTime.now).slice(11, 23)
    yield* answerLine(
      { ...entry, time },
      (style) => `${style.colors.dim(time)} ${colorOf(style, entry)("●")} ${Journal.format(entry)}`
    )
  })

const read = (file: string) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFileString(file)).pipe(
    Effect.flatMap(Schema.decode(Schema.parseJson(World.World))),
    Effect.mapError(
      () =>
        new CliError({
          kind: "usage",
          text: { zh: `${file} 不是一个世界`, en: `${file} is no world` },
          hint: {
            zh: '它是 JSON：{ "miniPrograms": [{ "appid": … }], "plugins": […] }，见模拟器的 README。',
            en: 'It is JSON, { "miniPrograms": [{ "appid": … }], "plugins": […] }: see the emulator\'s README.'
          }
        })
    )
  )

export const run = ({ port, world }: Options) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const seed = Option.isSome(world) ? { world: yield* read(world.value) } : {}
    const onRequest = (entry: Journal.Entry) => Effect.provideService(log(entry), Screen, screen)
    return yield* Layer.launch(
      Layer.provideMerge(Layer.effectDiscard(welcome), Emulator.layer({ port, onRequest, ...seed }))
    )
  })
