import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import { isRetryable } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Failure from "../program/failure/failure.js"
import type { Say } from "../program/language/language.js"
import * as Provide from "../program/miniProgram/miniProgram.js"
import { MiniProgram, type Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { paint, type Span } from "../program/output/span.js"
import * as Time from "../program/language/time.js"
import { plugin } from "../program/schema/answers.js"
import { status } from "./tables/cells.js"
import * as Tables from "./tables/plugins.js"

export interface Options extends Target {
  readonly watch: boolean
  readonly every: Duration.Duration
}

type Plugins = ReadonlyArray<Plugin>

const summary = (plugins: Plugins) =>
  Effect.map(MiniProgram, ({ appid, server }) => ({
    zh: `${appid ?? "该小程序"} 有 ${plugins.length} 个插件，来自${server.zh}`,
    en: `${plugins.length} ${plugins.length === 1 ? "plugin" : "plugins"} of ${appid ?? "the mini program"}, from ${server.en}`
  }))

const once = Effect.gen(function* () {
  const { answer, busy, invocation, note, say } = yield* Screen
  const plugins = yield* busy(say({ zh: "查询中 …", en: "asking …" }))(
    PluginManager.getPluginList.pipe(PluginManager.retryTransient)
  )
  const line = say(yield* summary(plugins))
  yield* Effect.when(note([line]), () => invocation.json)
  yield* answer(plugins.map(plugin), () => (plugins.length === 0 ? [line] : [Tables.plugins(plugins, say), "", line]))
})

/** One line for each plugin that is new (`+`), gone (`-`) or has another status. */
const changes = (before: Plugins, after: Plugins, say: Say): ReadonlyArray<Span> => {
  const byAppid = (plugins: Plugins) => new Map(plugins.map((plugin) => [plugin.appid, plugin]))
  const [old, current] = [byAppid(before), byAppid(after)]
  const name = ({ appid, nickname }: Plugin) => `${appid} ${nickname}`
  return [
    ...after.flatMap((plugin): ReadonlyArray<Span> => {
      const was = old.get(plugin.appid)
      const now = status(plugin.status, say)
      return was === undefined
        ? [["+ ", name(plugin), ": ", now]]
        : was.status === plugin.status
          ? []
          : [["  ", name(plugin), ": ", status(was.status, say), " → ", now]]
    }),
    ...before.filter(({ appid }) => !current.has(appid)).map((plugin) => `- ${name(plugin)}`)
  ]
}

/** Prints the list, then its changes, until Ctrl-C. Transient errors are shown and do not stop it. */
const watch = (every: Duration.Duration) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { answerLine, note, say } = screen
    const last = yield* Ref.make<Plugins | undefined>(undefined)
    const look = Effect.gen(function* () {
      const plugins = yield* PluginManager.getPluginList
      const before = yield* Ref.getAndSet(last, plugins)
      if (before === undefined) {
        return yield* answerLine(plugins.map(plugin), () => [Tables.plugins(plugins, say)])
      }
      if (JSON.stringify(before) !== JSON.stringify(plugins)) {
        const time = Time.toSecond(yield* DateTime.now)
        yield* answerLine(plugins.map(plugin), () =>
          changes(before, plugins, say).map((line) => [paint("dim", time), " ", line])
        )
      }
    })
    yield* look.pipe(
      Effect.catchIf(isRetryable, (error) => note([Failure.line(Failure.of(error), say)])),
      Effect.repeat(Schedule.spaced(every))
    )
  })

export const run = (options: Options) => Provide.provide(options)(options.watch ? watch(options.every) : once)
