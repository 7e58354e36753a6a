/** Checks what a call needs, and says how to fix what fails. */
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { Reported } from "../program/failure/errors.js"
import { exitCodes } from "../program/failure/exitCodes.js"
import type { Text } from "../program/language/language.js"
import * as Provide from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { type Color, paint } from "../program/output/span.js"
import type { Check } from "../program/schema/answers.js"
import { confirm } from "../program/question/confirm.js"
import * as Report from "./doctor/report.js"
import * as Checks from "./doctor/checks.js"
import * as Permissions from "./doctor/permissions.js"

export interface Options extends Target {
  readonly function: Option.Option<string>
  readonly report?: boolean
  readonly yes?: boolean
}

const ofMiniProgram = (target: Target) =>
  Effect.gen(function* () {
    const { busy, say } = yield* Screen
    return yield* busy(say({ zh: "检查中 …", en: "checking …" }))(Checks.examine)
  }).pipe(
    Provide.provide(target),
    Effect.catchIf(
      // Ctrl-C at the question for the secret ends the command
      (error) => !Predicate.isTagged(error, "QuitException"),
      (error) => Effect.succeed(Checks.withoutMiniProgram(error))
    )
  )

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

const question = {
  zh: "将发出 5 个只读请求（list 与 dev_apply_list），并显示返回的字段名、类型与个数，以便贴到 issue 中。不含任何值，也不会上传。继续？",
  en: "This makes 5 read-only calls (list and dev_apply_list) and prints names, types and counts of the replies' fields, to paste into an issue. It contains no value and uploads nothing. Go on?"
}

const report = (target: Target, yes: boolean) =>
  Effect.gen(function* () {
    const { answer } = yield* Screen
    yield* confirm(question, yes)
    const lines = yield* Report.make
    yield* answer({ report: lines }, () => lines)
  }).pipe(Provide.provide(target))

export const run = ({ function: folder, report: isReport = false, yes = false, ...target }: Options) =>
  Effect.gen(function* () {
    yield* isReport ? report(target, yes) : diagnose({ ...target, function: folder })
  })

const diagnose = ({ function: folder, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const checks: ReadonlyArray<Check> = [...(yield* ofMiniProgram(target)), ...(yield* Permissions.check(folder))]
    yield* answer({ ok: Checks.isOk(checks), checks }, () =>
      checks.flatMap(({ advice, check, outcome, text }) => [
        [paint(colors[outcome], marks[outcome]), ` ${say(labels[check])}${say(text)}`],
        ...(advice === undefined ? [] : [`  → ${say(advice)}`])
      ])
    )
    yield* ended(checks)
  })
