/** Looks at everything that a call needs, in the order in which it is needed, and says what to do. */
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { Check } from "../program/answers.js"
import * as Failure from "../program/failure.js"
import type { Text } from "../program/language.js"
import * as MiniProgram from "../program/miniProgram.js"
import { Screen } from "../program/screen.js"
import * as Permissions from "./doctor/permissions.js"
import * as Quota from "./doctor/quota.js"

export interface Options extends MiniProgram.Target {
  readonly function: Option.Option<string>
}

const ok = (check: Check["check"], text: Text): Check => ({ check, outcome: "ok", text })

const skipped = (check: Check["check"]): Check => ({
  check,
  outcome: "skipped",
  text: { zh: "未检查：前面的问题需先解决", en: "not looked at: what is above has to be solved first" }
})

type ListError = PluginManager.GetPluginListError

/** Which check an error of the first call fails. */
const failedCheck = (error: ListError): "credential" | "network" | "ip-whitelist" | "plugins" | "quota" => {
  switch (Failure.exitCodeOf(error as { _tag: string; reason?: string })) {
    case Failure.exitCodes.network:
      return "network"
    case Failure.exitCodes.quota:
      return "quota"
    case Failure.exitCodes.credential:
      return error._tag === "IpNotAllowed" ? "ip-whitelist" : "credential"
    default:
      return "plugins"
  }
}

const texts = {
  network: { zh: "微信可以访问", en: "WeChat can be reached" },
  credential: { zh: "凭证有效", en: "the credential is good" },
  "ip-whitelist": { zh: "本机的 IP 可用", en: "this machine's IP address is allowed" },
  plugins: { zh: "插件接口可用", en: "the plugins can be listed" }
} as const

const stages = ["network", "credential", "ip-whitelist", "plugins"] as const

const failure = (check: Check["check"], error: unknown, screen: Screen.Service): Check => {
  const { exitCode, hint, text } = Failure.of(error, screen)
  return {
    check,
    outcome: "failed",
    text: error instanceof Failure.CliError ? error.text : { zh: text, en: text },
    ...(hint === undefined ? {} : { advice: hint }),
    exitCode
  }
}

/** One list tells of four things: how far it got. */
const calls = Effect.gen(function* () {
  const screen = yield* Screen
  const outcome = yield* Effect.either(PluginManager.getPluginList)
  if (outcome._tag === "Right") {
    const quota: ReadonlyArray<Check> = yield* Quota.check
    return [...stages.map((stage) => ok(stage, texts[stage])), ...quota]
  }
  const failed = failedCheck(outcome.left)
  const found = failure(failed, outcome.left, screen)
  // who has no quota left has come through to the plugins, and gets none
  const reached = stages.indexOf(failed === "quota" ? "plugins" : failed)
  const others = failed === "quota" ? stages.slice(reached) : [...stages.slice(reached + 1), "quota" as const]
  return [...stages.slice(0, reached).map((stage) => ok(stage, texts[stage])), found, ...others.map(skipped)]
})

const configured = Effect.map(MiniProgram.MiniProgram, ({ appid, server, source }) =>
  ok("configuration", {
    zh: `${appid ?? "小程序"}，凭证来自${source.zh}，访问${server.zh}`,
    en: `${appid ?? "a mini program"}, its credential from ${source.en}, at ${server.en}`
  })
)

/** What is wrong with the configuration is a finding, like everything else. */
const ofMiniProgram = (target: MiniProgram.Target) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const looking = screen.busy(screen.say({ zh: "检查中 …", en: "looking …" }))
    return yield* Effect.map(Effect.all([configured, looking(calls)]), ([first, others]) => [first, ...others]).pipe(
      MiniProgram.provide(target),
      Effect.catchIf(
        // who gives up at the question for the secret wants no findings
        (error) => !Predicate.isTagged(error, "QuitException"),
        (error) => Effect.succeed([failure("configuration", error, screen), ...stages.map(skipped), skipped("quota")])
      )
    )
  })

const marks = { ok: "✓", warning: "!", failed: "✗", skipped: "–" } as const

/** Ends the command as the failed check would have. */
const ended = (checks: ReadonlyArray<Check>) => {
  const failed = checks.find(({ outcome }) => outcome === "failed")
  return failed === undefined
    ? Effect.void
    : Effect.fail(new Failure.Reported({ exitCode: failed.exitCode ?? Failure.exitCodes.usage }))
}

export const run = ({ function: folder, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const checks: ReadonlyArray<Check> = [...(yield* ofMiniProgram(target)), ...(yield* Permissions.check(folder))]
    const isOk = checks.every(({ outcome }) => outcome !== "failed")
    yield* answer({ ok: isOk, checks }, ({ colors }) => {
      const colorOf = { ok: colors.green, warning: colors.yellow, failed: colors.red, skipped: colors.dim }
      return checks
        .map(
          ({ advice, check, outcome, text }) =>
            `${colorOf[outcome](marks[outcome])} ${check}: ${say(text)}${advice === undefined ? "" : `\n  → ${say(advice)}`}`
        )
        .join("\n")
    })
    yield* ended(checks)
  })
