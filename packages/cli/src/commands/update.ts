import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import { confirm } from "../program/confirm.js"
import { CliError } from "../program/failure.js"
import * as MiniProgram from "../program/miniProgram.js"
import { Screen } from "../program/screen.js"

export interface Options extends MiniProgram.Target {
  readonly pluginAppid: string
  readonly userVersion: string
  readonly yes: boolean
}

const wantsPlatform = new CliError({
  kind: "credential",
  text: {
    zh: "快速更新只接受第三方平台的 authorizer_access_token",
    en: "a quick update is for third-party platforms only, with an authorizer_access_token"
  },
  hint: {
    zh: "设置 WECHAT_ACCESS_TOKEN，或在配置文件中写 accessToken。",
    en: "Set WECHAT_ACCESS_TOKEN, or write accessToken into the config file."
  }
})

export const run = ({ pluginAppid, userVersion, yes, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const { isThirdParty } = yield* MiniProgram.MiniProgram
    yield* isThirdParty ? Effect.void : wantsPlatform
    const question = {
      zh: `把插件 ${pluginAppid} 更新到 ${userVersion}，立即生效？`,
      en: `Update the plugin ${pluginAppid} to ${userVersion}, live at once?`
    }
    yield* confirm(question, yes)
    yield* PluginManager.updatePlugin({ pluginAppid, userVersion })
    yield* answer({ done: "update", appid: pluginAppid }, () =>
      say({ zh: `插件 ${pluginAppid} 已更新到 ${userVersion}。`, en: `${pluginAppid} is at ${userVersion}.` })
    )
  }).pipe(MiniProgram.provideThirdParty(target))
