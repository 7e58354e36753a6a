/** Names for a confirmation: who reads `客服` sees sooner than by an appid that it is the wrong one. */
import * as PluginApplication from "@effect-wechat/plugin-manager/PluginApplication"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Text } from "../program/language/language.js"
import { MiniProgram } from "../program/miniProgram/target.js"
import { clean } from "../program/output/foreign.js"
import { shorten } from "../program/output/span.js"

const room = 40

const named = (nickname: string, appid: string): Text => {
  const name = shorten(clean(nickname).trim(), room)
  return name === "" ? { zh: appid, en: appid } : { zh: `“${name}”（${appid}）`, en: `“${name}” (${appid})` }
}

const ownName = Effect.map(MiniProgram, ({ appid }): Text => ({
  zh: appid ?? "该小程序",
  en: appid ?? "the mini program"
}))

/** The names of a plugin and of the mini program that uses it. */
export const ofPlugin = (pluginAppid: string) =>
  Effect.all({
    plugin: Effect.map(PluginManager.getPluginList, (plugins) =>
      named(plugins.find(({ appid }) => appid === pluginAppid)?.nickname ?? "", pluginAppid)
    ),
    miniProgram: ownName
  })

/** The names of an applicant and of the mini program that owns the plugin. */
export const ofApplicant = (applicant: string) =>
  Effect.all({
    applicant: Effect.map(
      Stream.runHead(Stream.filter(PluginApplication.stream({ num: 50 }), ({ appid }) => appid === applicant)),
      (application) => named(Option.isSome(application) ? application.value.nickname : "", applicant)
    ),
    miniProgram: ownName
  })
