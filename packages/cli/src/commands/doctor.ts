/** Checks what a call needs, in the order in which a call needs it, and says how to fix what fails. */
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { Reported } from "../program/failure/errors.js"
import { exitCodes } from "../program/failure/exitCodes.js"
import * as Failure from "../program/failure/failure.js"
import type { Text } from "../program/language/language.js"
import * as Provide from "../program/miniProgram/miniProgram.js"
import { MiniProgram, type Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { type Color, paint } from "../program/output/span.js"
import type { Check } from "../program/schema/answers.js"
import * as Permissions from "./doctor/permissions.js"
import * as Quota from "./doctor/quota.js"

export interface Options extends Target {
  readonly function: Option.Option<string>
}

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

const ofMiniProgram = (target: Target) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const checking = screen.busy(screen.say({ zh: "检查中 …", en: "checking …" }))
    return yield* Effect.map(Effect.all([configured, checking(calls)]), ([first, others]) => [first, ...others]).pipe(
      Provide.provide(target),
      Effect.catchIf(
        // Ctrl-C at the question for the secret ends the command
        (error) => !Predicate.isTagged(error, "QuitException"),
        (error) => Effect.succeed([failure("configuration", error), ...stages.map(skipped), skipped("quota")])
      )
    )
  })

const labels: { readonly [check in Check["check"]]: Text } = {
  configuration: { zh: "配置：", en: "configuration: " },
  credential: { zh: "凭证：", en: "credential: " },
  network: { zh: "网络：", en: "network: " },
  "ip-whitelist": { zh: "IP 白名单：", en: "ip-whitelist: " },
  plugins: { zh: "插件：", en: "plugins: " },
  quota: { zh: "额度：", en: "quota: " },
  permissions: { zh: "权限：", en: "permissions: " }
}

const marks = { ok: "✓", warning: "!", failed: "✗", skipped: "–" } as const

const colors: { readonly [outcome in Check["outcome"]]: Color } = {
  ok: "green",
  warning: "yellow",
  failed: "red",
  skipped: "dim"
}

/** Ends the command with the exit code of the first check that failed. */
const ended = (checks: ReadonlyArray<Check>) => {
  const failed = checks.find(({ outcome }) => outcome === "failed")
  return failed === undefined
    ? Effect.void
    : Effect.fail(new Reported({ exitCode: failed.exitCode ?? exitCodes.usage }))
}

export const run = ({ function: folder, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const checks: ReadonlyArray<Check> = [...(yield* ofMiniProgram(target)), ...(yield* Permissions.check(folder))]
    const isOk = checks.every(({ outcome }) => outcome !== "failed")
    yield* answer({ ok: isOk, checks }, () =>
      checks.flatMap(({ advice, check, outcome, text }) => [
        [paint(colors[outcome], marks[outcome]), ` ${say(labels[check])}${say(text)}`],
        ...(advice === undefined ? [] : [`  → ${say(advice)}`])
      ])
    )
    yield* ended(checks)
  })
