/** Checks how many calls are left today, with WeChat's getApiQuota (查询 API 调用额度). */
import * as Operation from "@effect-wechat/plugin-manager/Operation"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Check } from "../../program/schema/answers.js"
import { exitCodes } from "../../program/failure/exitCodes.js"

/** @see https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/openapi/getApiQuota.html */
const getApiQuota = Operation.call(
  Operation.make({
    api: "getApiQuota",
    path: "/cgi-bin/openapi/quota/get",
    httpsOnly: true,
    idempotent: true,
    payload: Schema.Struct({ path: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("cgi_path")) }),
    success: Schema.Struct({
      quota: Schema.Struct({ daily_limit: Schema.Number, used: Schema.Number, remain: Schema.Number })
    }),
    errors: []
  })
)

const paths = ["/wxa/plugin", "/wxa/devplugin"]

type Left = Omit<Check, "check">

const left = (path: string, { daily_limit, remain, used }: Quota): Left => {
  if (daily_limit === 0) {
    return { outcome: "ok", text: { zh: `${path} 没有调用上限`, en: `${path} has no limit` } }
  }
  const text = {
    zh: `${path} 今日已用 ${used}，还剩 ${remain}（共 ${daily_limit}）`,
    en: `${path}: ${used} calls today, ${remain} of ${daily_limit} left`
  }
  const advice = {
    zh: "减少调用，次日再试，或用 /cgi-bin/clear_quota 清零（每月 10 次）。",
    en: "Call less often, wait until tomorrow, or reset it with /cgi-bin/clear_quota (10 times a month)."
  }
  if (remain <= 0) {
    return { outcome: "failed", text, advice, exitCode: exitCodes.quota }
  }
  return remain < daily_limit / 10 ? { outcome: "warning", text, advice } : { outcome: "ok", text }
}

interface Quota {
  readonly daily_limit: number
  readonly remain: number
  readonly used: number
}

/** One check for each path. Some accounts may not query their quota; that is not a failure. */
export const check = Effect.forEach(paths, (path) =>
  getApiQuota({ path }).pipe(
    Effect.map(({ quota }) => left(path, quota)),
    Effect.catchAll((error): Effect.Effect<Left> =>
      Effect.succeed({
        outcome: "skipped",
        text: {
          zh: `${path} 无法查询额度（${error._tag}）`,
          en: `${path}: the quota cannot be queried (${error._tag})`
        }
      })
    ),
    Effect.map((left): Check => ({ check: "quota", ...left }))
  )
)
