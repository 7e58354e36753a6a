/** Checks what a call needs, in the order in which a call needs it. */
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Failure from "../../program/failure/failure.js"
import type { Text } from "../../program/language/language.js"
import { MiniProgram } from "../../program/miniProgram/target.js"
import type { Check } from "../../program/schema/answers.js"
import * as Quota from "./quota.js"

const ok = (check: Check["check"], text: Text): Check => ({ check, outcome: "ok", text })

const skipped = (check: Check["check"]): Check => ({
  check,
  outcome: "skipped",
  text: { zh: "未检查：请先解决上面的问题", en: "not checked: fix the problem above first" }
})

/** The check that fails with an error of the first call. */
const failedCheck = (
  error: PluginManager.GetPluginListError
): "credential" | "network" | "ip-whitelist" | "plugins" | "quota" => {
  switch (error.category) {
    case "network":
    case "reply":
      return "network"
    case "quota":
    case "credential":
      return error.category
    case "permission":
      return error._tag === "IpNotAllowed" ? "ip-whitelist" : "plugins"
    default:
      return "plugins"
  }
}

const texts = {
  network: { zh: "可以访问微信", en: "WeChat can be reached" },
  credential: { zh: "凭证有效", en: "the credential is valid" },
  "ip-whitelist": { zh: "本机 IP 在白名单中", en: "the IP address of this machine is allowed" },
  plugins: { zh: "可以查询插件列表", en: "the plugins can be listed" }
} as const

const stages = ["network", "credential", "ip-whitelist", "plugins"] as const

const failure = (check: Check["check"], error: unknown): Check => {
  const failed = Failure.of(error)
  const { exitCode, hint } = failed
  return {
    check,
    outcome: "failed",
    text: Failure.summary(failed),
    ...(hint === undefined ? {} : { advice: hint }),
    exitCode
  }
}

/** Lists the plugins once. How far that gets decides four checks. */
const calls = Effect.gen(function* () {
  const outcome = yield* Effect.either(PluginManager.getPluginList)
  if (outcome._tag === "Right") {
    const quota: ReadonlyArray<Check> = yield* Quota.check
    return [...stages.map((stage) => ok(stage, texts[stage])), ...quota]
  }
  const failed = failedCheck(outcome.left)
  const found = failure(failed, outcome.left)
  // WeChat checks the quota last, so the checks before "plugins" have passed
  const reached = stages.indexOf(failed === "quota" ? "plugins" : failed)
  const others = failed === "quota" ? stages.slice(reached) : [...stages.slice(reached + 1), "quota" as const]
  return [...stages.slice(0, reached).map((stage) => ok(stage, texts[stage])), found, ...others.map(skipped)]
})

const configured = Effect.map(MiniProgram, ({ appid, server, source }) =>
  ok("configuration", {
    zh: `小程序：${appid ?? "未知"}；凭证来源：${source.zh}；访问：${server.zh}`,
    en: `${appid ?? "a mini program"}; credential: ${source.en}; server: ${server.en}`
  })
)

/** The checks of a mini program whose credential was found. */
export const examine = Effect.map(Effect.all([configured, calls]), ([first, others]) => [first, ...others])

/** The checks if there is no mini program or no credential. */
export const withoutMiniProgram = (error: unknown): ReadonlyArray<Check> => [
  failure("configuration", error),
  ...stages.map(skipped),
  skipped("quota")
]

export const isOk = (checks: ReadonlyArray<Check>): boolean => checks.every(({ outcome }) => outcome !== "failed")
