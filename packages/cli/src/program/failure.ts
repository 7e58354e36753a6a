/** What went wrong, as one line that says what to do, as JSON, and as an exit code. */
import * as ValidationError from "@effect/cli/ValidationError"
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Cause from "effect/Cause"
import * as ConfigError from "effect/ConfigError"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { stripVTControlCharacters } from "node:util"
import { translate } from "./boilerplate.js"
import type { Answers } from "./answers.js"
import type { Text } from "./language.js"
import type { Screen } from "./screen.js"
import { printable } from "./style.js"

/** documented in the package's README */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  credential: 4,
  network: 5,
  quota: 6,
  undecided: 7,
  interrupted: 130
} as const

/** What only this command can fail with. */
export class CliError extends Data.TaggedError("CliError")<{
  readonly kind: "usage" | "credential" | "network"
  readonly text: Text
  readonly hint: Text
}> {
  override get message(): string {
    return `${this.text.en} → ${this.hint.en}`
  }
}

/** Somebody was asked, and said no. */
export class Cancelled extends Data.TaggedError("Cancelled") {}

/** The command has told of it already. */
export class Reported extends Data.TaggedError("Reported")<{ readonly exitCode: number }> {}

/** What the errors of the library have in common. */
interface Described {
  readonly _tag: string
  readonly message: string
  readonly hint: Text
  readonly isRetryable: boolean
  readonly api?: string
  readonly endpoint?: string
  readonly errcode?: number
  readonly errmsg?: string
  readonly requestId?: string
  readonly reason?: string
}

const isDescribed = (error: unknown): error is Described =>
  Predicate.hasProperty(error, "_tag") &&
  Predicate.hasProperty(error, "hint") &&
  Predicate.hasProperty(error, "isRetryable")

const credentialTags = new Set([
  "CredentialRejected",
  "InvalidAppSecret",
  "AppSecretFrozen",
  "InvalidAppId",
  "IpNotAllowed",
  "ComponentNotAuthorized",
  "VerifyTicketRejected",
  "RefreshTokenRejected",
  "SignatureMissing",
  "SignatureRejected"
])

/** The exit code of an error of the library. */
export const exitCodeOf = ({
  _tag,
  reason
}: {
  readonly _tag: string
  readonly reason?: string | undefined
}): number => {
  switch (_tag) {
    case "InvalidPayload":
      return exitCodes.usage
    case "WechatTransportError":
      return reason === "credential" || reason === "signature" ? exitCodes.credential : exitCodes.network
    case "WechatDecodeError":
      return exitCodes.network
    case "ApplicationUndecided":
      return exitCodes.undecided
    default:
      return credentialTags.has(_tag)
        ? exitCodes.credential
        : _tag.endsWith("QuotaExceeded")
          ? exitCodes.quota
          : exitCodes.refused
  }
}

/** One failure, ready to be shown. */
export interface Failure {
  readonly exitCode: number
  /** what happened */
  readonly text: string
  /** what to do */
  readonly hint: Text | undefined
  readonly tag: string
  readonly fields: Readonly<Record<string, unknown>>
}

const ofLibrary = (error: Described): Failure => {
  const { _tag, api, endpoint, errcode, errmsg, hint, isRetryable, message, reason, requestId } = error
  return {
    exitCode: exitCodeOf(error),
    // the message ends with what to do, in English
    text: message.replace(` → ${hint.en}`, ""),
    hint,
    tag: _tag,
    fields: { errcode, errmsg, requestId, api, endpoint, reason, isRetryable }
  }
}

const ofValidation = (error: ValidationError.ValidationError, { invocation }: Screen.Service): Failure => ({
  exitCode: exitCodes.usage,
  text: translate(stripVTControlCharacters(HelpDoc.toAnsiText(error.error)).trim(), invocation.language),
  hint: { zh: "用 --help 查看用法。", en: "See --help." },
  tag: "UsageError",
  fields: {}
})

/** An error, whatever it is; a defect has no text of its own, since nobody knows what is in it. */
export const of = (error: unknown, screen: Screen.Service): Failure => {
  if (error instanceof CliError) {
    const { hint, kind, text } = error
    return { exitCode: exitCodes[kind], text: screen.say(text), hint, tag: "CliError", fields: { kind } }
  }
  if (isDescribed(error)) {
    return ofLibrary(error)
  }
  if (ValidationError.isValidationError(error)) {
    return ofValidation(error, screen)
  }
  if (ConfigError.isConfigError(error)) {
    const hint = { zh: "请检查环境变量。", en: "Check the environment." }
    return { exitCode: exitCodes.usage, text: String(error), hint, tag: "ConfigError", fields: {} }
  }
  if (Predicate.isTagged(error, "EmulatorError")) {
    const hint = { zh: "请用 --port 换一个端口。", en: "Choose another port with --port." }
    return {
      exitCode: exitCodes.usage,
      text: (error as { message?: string }).message!,
      hint,
      tag: "EmulatorError",
      fields: {}
    }
  }
  return {
    exitCode: exitCodes.unexpected,
    text: screen.say({ zh: "意外的错误", en: "unexpected error" }),
    hint: { zh: "请带上 --verbose 的输出反馈此问题。", en: "Please report it with what --verbose shows." },
    tag: Predicate.hasProperty(error, "_tag") ? String(error._tag) : "Defect",
    fields: {}
  }
}

/** What happened, what to do, and the number that WeChat's support asks for. */
export const line = ({ fields, hint, text }: Failure, { say }: Screen.Service): string => {
  const { errmsg, requestId } = fields
  const id = typeof requestId === "string" && !String(errmsg).includes(requestId) ? ` (rid: ${requestId})` : ""
  return printable(`${text}${id}${hint === undefined ? "" : ` → ${say(hint)}`}`)
}

export const toJson = (failure: Failure, screen: Screen.Service): typeof Answers.error.Type => {
  const { exitCode, fields, hint, tag } = failure
  const known = Object.entries({ hint, ...fields }).filter(([, value]) => value !== undefined)
  return { error: { tag, exitCode, message: line(failure, screen), ...Object.fromEntries(known) } }
}

const details = (failure: Failure, cause: Cause.Cause<unknown>): ReadonlyArray<string> => [
  ...Object.entries({ tag: failure.tag, ...failure.fields, exitCode: failure.exitCode })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${printable(String(value))}`),
  // a defect is a fault of this program, and its stack says where
  ...(Cause.isDie(cause) ? [Cause.pretty(cause)] : [])
]

/** Tells of a failure, and answers with its exit code. */
export const report = (screen: Screen.Service, cause: Cause.Cause<unknown>): Effect.Effect<number> => {
  if (Cause.isInterruptedOnly(cause)) {
    return Effect.interrupt
  }
  const error = Option.getOrElse(Cause.failureOption(cause), () => Cause.squash(cause))
  if (ValidationError.isValidationError(error) && ValidationError.isHelpRequested(error)) {
    return Effect.succeed(exitCodes.ok)
  }
  if (error instanceof Reported) {
    return Effect.succeed(error.exitCode)
  }
  const isInterrupted = Predicate.isTagged(error, "QuitException")
  if (isInterrupted || error instanceof Cancelled) {
    const text = screen.say({ zh: "已取消，什么都没有做。", en: "Cancelled: nothing was done." })
    return Effect.as(screen.note(text), isInterrupted ? exitCodes.interrupted : exitCodes.usage)
  }
  const failure = of(error, screen)
  const { colors } = screen.noteStyle
  return Effect.gen(function* () {
    yield* screen.invocation.json ? screen.answerLine(toJson(failure, screen), () => "") : Effect.void
    yield* screen.note(`${colors.red(screen.say({ zh: "错误：", en: "error:" }))} ${line(failure, screen)}`)
    yield* Effect.when(screen.note(details(failure, cause).join("\n")), () => screen.invocation.verbose)
    return failure.exitCode
  })
}
