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
import { CliError } from "../program/failure/errors.js"
import { Screen } from "../program/output/screen.js"
import { type Color, paint } from "../program/output/span.js"
import * as Time from "../program/language/time.js"

export interface Options {
  readonly port: number
  readonly world: Option.Option<string>
}

const welcome = Effect.gen(function* () {
  const { answerLine, say } = yield* Screen
  const { appId, appSecret, gatewayUrl, secretId, secretKey, url } = yield* Emulator.Emulator
  // the emulator makes these up, and they are valid in it only: they are shown for that reason
  const environment = {
    WECHAT_BASE_URL: url.origin,
    WECHAT_APPID: appId,
    WECHAT_SECRET: Redacted.value(appSecret),
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
  }
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`)
  const instead = { zh: "（代替 https://api.weixin.qq.com）", en: "(instead of https://api.weixin.qq.com)" }
  const serviceUrl = { zh: "（wx-server-sdk 的 serviceUrl）", en: "(the serviceUrl of wx-server-sdk)" }
  yield* answerLine({ url: url.origin, gatewayUrl, environment }, () => [
    say({
      zh: "微信模拟器已启动，按 Ctrl-C 结束。以下凭证均为虚构，只在模拟器中有效：",
      en: "The WeChat emulator is running. Press Ctrl-C to stop it. These credentials are made up and valid in it only:"
    }),
    "",
    ...exports,
    "",
    [paint("bold", "HTTPS API"), `  ${url.origin}  ${say(instead)}`],
    [paint("bold", "Gateway"), `    ${gatewayUrl}  ${say(serviceUrl)}`],
    [paint("bold", "Control"), `    ${url.origin}/__emulator/world, seed, fault, advance, journal, reset …`],
    ""
  ])
})

const colorOf = ({ reply }: Journal.Entry): Color =>
  reply.fault !== undefined ? "magenta" : (reply.errcode ?? 0) === 0 && reply.status === 200 ? "green" : "red"

const log = (entry: Journal.Entry) =>
  Effect.gen(function* () {
    const { answerLine } = yield* Screen
    const now = yield* DateTime.now
    yield* answerLine({ ...entry, time: DateTime.formatIso(now).slice(11, 23) }, () => [
      [paint("dim", Time.clock(now)), " ", paint(colorOf(entry), "●"), ` ${Journal.format(entry)}`]
    ])
  })

const read = (file: string) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFileString(file)).pipe(
    Effect.flatMap(Schema.decode(Schema.parseJson(World.World))),
    Effect.mapError(
      () =>
        new CliError({
          category: "usage",
          text: { zh: `无法从 ${file} 读取初始数据`, en: `${file} is not a world` },
          hint: {
            zh: '格式为 JSON：{ "miniPrograms": [{ "appid": … }], "plugins": […] }，见模拟器的 README。',
            en: 'The format is JSON: { "miniPrograms": [{ "appid": … }], "plugins": […] }. See the README of the emulator.'
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
