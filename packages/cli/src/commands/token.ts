import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Provide from "../program/miniProgram/miniProgram.js"
import { MiniProgram, type Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import * as Time from "../program/language/time.js"

export type Options = Target

const span = (seconds: number) => {
  const minutes = Math.floor(seconds / 60)
  return {
    zh: minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`,
    en: minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  }
}

const unknown = { zh: "未知（不由本命令获取）", en: "unknown (not fetched by this command)" }

const expiryOf = (expiresAt: number | undefined, now: number) => {
  if (expiresAt === undefined) {
    return { at: null, seconds: null, text: unknown }
  }
  const seconds = Math.floor((expiresAt - now) / 1000)
  const at = new Date(expiresAt).toISOString()
  const shown = Time.toMinute(expiresAt)
  const { en, zh } = span(seconds)
  return { at, seconds, text: { zh: `${shown}（还有 ${zh}）`, en: `${shown} (in ${en})` } }
}

/** Describes the credential without showing it. It lists the plugins first, because a token from elsewhere may have expired. */
export const run = (target: Options) =>
  Effect.gen(function* () {
    const { answer, busy, say } = yield* Screen
    const { appid, source } = yield* MiniProgram
    yield* busy(say({ zh: "查询中 …", en: "asking …" }))(PluginManager.getPluginList)
    const { expiresAt, parameter } = yield* Effect.flatMap(AccessToken.AccessToken, ({ get }) => get)
    const expiry = expiryOf(expiresAt, yield* Clock.currentTimeMillis)
    yield* answer(
      { appid: appid ?? null, source, parameter, expiresAt: expiry.at, expiresInSeconds: expiry.seconds },
      () => [
        `${say({ zh: "小程序：  ", en: "mini program:  " })}${appid ?? "?"}`,
        `${say({ zh: "凭证来源：", en: "credential:    " })}${say(source)}`,
        `${say({ zh: "令牌参数：", en: "token sent as: " })}${parameter}`,
        `${say({ zh: "失效时间：", en: "expires:       " })}${say(expiry.text)}`
      ]
    )
  }).pipe(Provide.provide(target))
