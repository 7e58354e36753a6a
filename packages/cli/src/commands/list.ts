import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import { isRetryable } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as PluginStatus from "@effect-wechat/plugin-manager/PluginStatus"
import * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import { plugin } from "../program/answers.js"
import * as Failure from "../program/failure.js"
import type { Say } from "../program/language.js"
import * as MiniProgram from "../program/miniProgram.js"
import { Screen } from "../program/screen.js"
import { type Colors, link, printable, type Style, table } from "../program/style.js"

export interface Options extends MiniProgram.Target {
  readonly watch: boolean
  readonly every: Duration.Duration
}

type Plugins = ReadonlyArray<Plugin>

const colorOf = (colors: Colors, status: PluginStatus.PluginStatus) =>
  ({ applying: colors.yellow, approved: colors.green, refused: colors.red, timeout: colors.red })[status as string] ??
  colors.dim

export const status = ({ colors }: Style, say: Say, status: PluginStatus.PluginStatus) =>
  colorOf(colors, status)(say(PluginStatus.label(status)))

export const avatar = (style: Style, say: Say, url: string) => link(style, say({ zh: "查看", en: "view" }), url)

const asTable = (plugins: Plugins, say: Say) => (style: Style) =>
  table(
    style,
    [
      "appid",
      say({ zh: "状态", en: "status" }),
      say({ zh: "昵称", en: "nickname" }),
      say({ zh: "头像", en: "avatar" })
    ],
    plugins.map((plugin) => [
      printable(plugin.appid),
      status(style, say, plugin.status),
      printable(plugin.nickname),
      avatar(style, say, plugin.headimgurl)
    ])
  )

const summary = (plugins: Plugins) =>
  Effect.map(MiniProgram.MiniProgram, ({ appid, server }) => ({
    zh: `${appid ?? "该小程序"} 有 ${plugins.length} 个插件，来自${server.zh}`,
    en: `${plugins.length} ${plugins.length === 1 ? "plugin" : "plugins"} of ${appid ?? "the mini program"}, from ${server.en}`
  }))

const once = Effect.gen(function* () {
  const { answer, busy, invocation, note, say } = yield* Screen
  const plugins = yield* busy(say({ zh: "查询中 …", en: "asking …" }))(
    PluginManager.getPluginList.pipe(PluginManager.retryTransient)
  )
  const line = say(yield* summary(plugins))
  yield* Effect.when(note(line), () => invocation.json)
  yield* answer(plugins.map(plugin), (style) => `${asTable(plugins, say)(style)}\n\n${line}`)
})

/** What became of each, one line each: `+` new, `-` gone. */
const changes = (before: Plugins, after: Plugins, say: Say, style: Style): ReadonlyArray<string> => {
  const find = (plugins: Plugins, appid: string) => plugins.find((plugin) => plugin.appid === appid)
  const name = ({ appid, nickname }: Plugin) => `${printable(appid)} ${printable(nickname)}`
  return [
    ...after.flatMap((plugin) => {
      const old = find(before, plugin.appid)
      const now = status(style, say, plugin.status)
      return old === undefined
        ? [`+ ${name(plugin)}: ${now}`]
        : old.status === plugin.status
          ? []
          : [`  ${name(plugin)}: ${status(style, say, old.status)} → ${now}`]
    }),
    ...before.filter(({ appid }) => find(after, appid) === undefined).map((plugin) => `- ${name(plugin)}`)
  ]
}

/** The list, then whatever changes in it, until Ctrl-C. What passes by itself ends it no more than it ends a retry. */
const watch = (every: Duration.Duration) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { answerLine, note, say } = screen
    const last = yield* Ref.make<Plugins | undefined>(undefined)
    const look = Effect.gen(function* () {
      const plugins = yield* PluginManager.getPluginList
      const before = yield* Ref.getAndSet(last, plugins)
      if (before === undefined) {
        return yield* answerLine(plugins.map(plugin), asTable(plugins, say))
      }
      if (JSON.stringify(before) !== JSON.stringify(plugins)) {
        const time = DateTime.formatIso(yield* DateTime.now)
        yield* answerLine(plugins.map(plugin), (style) =>
          changes(before, plugins, say, style)
            .map((line) => `${style.colors.dim(time)} ${line}`)
            .join("\n")
        )
      }
    })
    yield* look.pipe(
      Effect.catchIf(isRetryable, (error) => note(Failure.line(Failure.of(error, screen), screen))),
      Effect.repeat(Schedule.spaced(every))
    )
  })

export const run = (options: Options) => MiniProgram.provide(options)(options.watch ? watch(options.every) : once)
