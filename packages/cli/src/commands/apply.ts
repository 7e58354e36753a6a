import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"

export interface Options extends Target {
  readonly pluginAppid: string
  readonly reason: Option.Option<string>
  readonly unlessAdded: boolean
}

export const run = ({ pluginAppid, reason, unlessAdded, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const payload = { pluginAppid, ...(Option.isSome(reason) ? { reason: reason.value } : {}) }
    yield* unlessAdded
      ? PluginManager.applyPluginUnlessAdded(payload).pipe(PluginManager.retryTransient)
      : PluginManager.applyPlugin(payload)
    yield* answer({ done: "apply", appid: pluginAppid }, () => [
      say({
        zh: `已申请使用插件 ${pluginAppid}。可用 wechat-plugin wait ${pluginAppid} 等待审核结果。`,
        en: `Applied for ${pluginAppid}. Run wechat-plugin wait ${pluginAppid} to wait for the decision.`
      })
    ])
  }).pipe(MiniProgram.provide(target))
