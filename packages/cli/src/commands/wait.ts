import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { plugin } from "../program/schema/answers.js"

export interface Options extends Target {
  readonly pluginAppid: string
  readonly every: Duration.Duration
  readonly limit: Option.Option<Duration.Duration>
}

export const run = ({ every, limit, pluginAppid, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, busy, say } = yield* Screen
    const spaced = Schedule.spaced(every)
    const schedule = Option.match(limit, { onNone: () => spaced, onSome: (limit) => Schedule.upTo(spaced, limit) })
    const waiting = say({
      zh: `等待 ${pluginAppid} 的审核结果 …`,
      en: `waiting for the decision about ${pluginAppid} …`
    })
    const approved = yield* busy(waiting)(PluginManager.awaitApproval({ pluginAppid, schedule }))
    yield* answer(plugin(approved), () => [
      say({
        zh: `插件 ${pluginAppid}（${approved.nickname}）已通过。`,
        en: `${pluginAppid} (${approved.nickname}) is approved.`
      })
    ])
  }).pipe(MiniProgram.provide(target))
