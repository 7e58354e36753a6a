import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { confirm } from "../program/question/confirm.js"
import * as Names from "./names.js"

export interface Options extends Target {
  readonly pluginAppid: string
  readonly yes: boolean
}

export const run = ({ pluginAppid, yes, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const question = { zh: `移除插件 ${pluginAppid}？`, en: `Remove the plugin ${pluginAppid}?` }
    const named = Effect.map(Names.ofPlugin(pluginAppid), ({ miniProgram, plugin }) => ({
      zh: `从小程序 ${miniProgram.zh} 移除插件 ${plugin.zh}？`,
      en: `Remove the plugin ${plugin.en} from ${miniProgram.en}?`
    }))
    yield* confirm(question, yes, named)
    yield* PluginManager.unbindPlugin({ pluginAppid }).pipe(PluginManager.retryTransient)
    yield* answer({ done: "unbind", appid: pluginAppid }, () => [
      say({ zh: `已移除插件 ${pluginAppid}。`, en: `Removed ${pluginAppid}.` })
    ])
  }).pipe(MiniProgram.provide(target))
