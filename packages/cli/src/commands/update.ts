import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import { CliError } from "../program/failure/errors.js"
import * as Provide from "../program/miniProgram/miniProgram.js"
import { MiniProgram, type Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { confirm } from "../program/question/confirm.js"
import * as Names from "./names.js"

export interface Options extends Target {
  readonly pluginAppid: string
  readonly userVersion: string
  readonly yes: boolean
}

const withoutToken = new CliError({
  category: "credential",
  text: {
    zh: "快速更新需要第三方平台的 authorizer_access_token",
    en: "a quick update requires the authorizer_access_token of a third-party platform"
  },
  hint: {
    zh: "设置 WECHAT_ACCESS_TOKEN，或在配置文件中写 accessToken。",
    en: "Set WECHAT_ACCESS_TOKEN, or add accessToken to the config file."
  }
})

export const run = ({ pluginAppid, userVersion, yes, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const { isThirdParty } = yield* MiniProgram
    yield* isThirdParty ? Effect.void : withoutToken
    const question = {
      zh: `把插件 ${pluginAppid} 更新到 ${userVersion}，立即生效？`,
      en: `Update the plugin ${pluginAppid} to ${userVersion}? It takes effect at once.`
    }
    const named = Effect.map(Names.ofPlugin(pluginAppid), ({ miniProgram, plugin }) => ({
      zh: `把小程序 ${miniProgram.zh} 的插件 ${plugin.zh} 更新到 ${userVersion}，立即生效？`,
      en: `Update the plugin ${plugin.en} of ${miniProgram.en} to ${userVersion}? It takes effect at once.`
    }))
    yield* confirm(question, yes, named)
    yield* PluginManager.updatePlugin({ pluginAppid, userVersion })
    yield* answer({ done: "update", appid: pluginAppid }, () => [
      say({ zh: `插件 ${pluginAppid} 已更新到 ${userVersion}。`, en: `Updated ${pluginAppid} to ${userVersion}.` })
    ])
  }).pipe(Provide.provideThirdParty(target))
