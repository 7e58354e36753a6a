/** Describes any error: what happened, what to do, and the exit code. */
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as ValidationError from "@effect/cli/ValidationError"
import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as ConfigError from "effect/ConfigError"
import * as Predicate from "effect/Predicate"
import { stripVTControlCharacters } from "node:util"
import { translate } from "../language/boilerplate.js"
import type { Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import type { Screen } from "../output/screen.js"
import type { Answers } from "../schema/answers.js"
import { CliError, DatabaseError } from "./errors.js"
import { exitCodeOf, exitCodes } from "./exitCodes.js"

/** The description of an error. */
export interface Failure {
  readonly exitCode: number
  /** what happened */
  readonly text: string
  /** what to do */
  readonly hint: Text | undefined
  readonly tag: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** The errors of the libraries. The optional fields are those of some classes. */
interface Described {
  readonly _tag: string
  readonly message: string
  readonly category: Category
  readonly hint: Text
  readonly isRetryable?: boolean
  readonly api?: string
  readonly endpoint?: string
  readonly errcode?: number
  readonly errmsg?: string
  readonly requestId?: string
  readonly reason?: string
  readonly option?: string
}

const isDescribed = (error: unknown): error is Described =>
  Predicate.hasProperty(error, "_tag") &&
  Predicate.hasProperty(error, "hint") &&
  Predicate.hasProperty(error, "category")

const ofLibrary = (error: Described): Failure => {
  const { _tag, api, category, endpoint, errcode, errmsg, hint, isRetryable, message, option, reason, requestId } =
    error
  return {
    exitCode: exitCodeOf(error),
    // the message of a library ends with its hint in English
    text: message.replace(` → ${hint.en}`, ""),
    hint,
    tag: _tag,
    fields: { category, errcode, errmsg, requestId, api, endpoint, reason, option, isRetryable }
  }
}

/** The sources of the options that this command passes to the libraries. */
const sources: Readonly<Record<string, string>> = {
  appId: "appid, WECHAT_APPID",
  baseUrl: "baseUrl, WECHAT_BASE_URL"
}

/** The libraries do not know where an option comes from. */
const ofOption = (error: Described, option: string, { say }: Screen.Service): Failure => {
  const source = sources[option] ?? option
  return { ...ofLibrary(error), text: say({ zh: `选项无效（${source}）`, en: `an option is invalid (${source})` }) }
}

/** The value of an unknown option may be a secret. */
const withoutValues = (text: string) => text.replace(/(--?[\w-]+)=[^']*/g, "$1=…")

const ofValidation = (error: ValidationError.ValidationError, { invocation }: Screen.Service): Failure => ({
  exitCode: exitCodes.usage,
  text: translate(withoutValues(stripVTControlCharacters(HelpDoc.toAnsiText(error.error)).trim()), invocation.language),
  hint: { zh: "用 --help 查看用法。", en: "See --help." },
  tag: "UsageError",
  fields: { category: "usage" }
})

const usage = (tag: string, text: string, hint: Text): Failure => ({
  exitCode: exitCodes.usage,
  text,
  hint,
  tag,
  fields: { category: "usage" }
})

/** Describes an error. The text of a defect is not shown, because it may contain anything. */
export const of = (error: unknown, screen: Screen.Service): Failure => {
  if (error instanceof CliError) {
    const { _tag, category, hint, text } = error
    return { exitCode: exitCodeOf(error), text: screen.say(text), hint, tag: _tag, fields: { category } }
  }
  if (error instanceof DatabaseError) {
    const { _tag, hint, reason, text } = error
    const exitCode = reason === "locked" ? exitCodes.usage : exitCodes.unexpected
    return { exitCode, text: screen.say(text), hint, tag: _tag, fields: { reason } }
  }
  if (isDescribed(error)) {
    return error.option === undefined ? ofLibrary(error) : ofOption(error, error.option, screen)
  }
  if (ValidationError.isValidationError(error)) {
    return ofValidation(error, screen)
  }
  if (ConfigError.isConfigError(error)) {
    return usage("ConfigError", String(error), { zh: "请检查环境变量。", en: "Check the environment variables." })
  }
  if (Predicate.isTagged(error, "EmulatorError") && error instanceof Error) {
    return usage("EmulatorError", error.message, {
      zh: "请用 --port 换一个端口。",
      en: "Choose another port with --port."
    })
  }
  return {
    exitCode: exitCodes.unexpected,
    text: screen.say({ zh: "意外的错误", en: "unexpected error" }),
    hint: { zh: "请附上 --verbose 的输出，反馈此问题。", en: "Please report it with the output of --verbose." },
    tag: Predicate.hasProperty(error, "_tag") ? String(error._tag) : "Defect",
    fields: {}
  }
}

/** One line: what happened, the request id that WeChat's support asks for, and what to do. */
export const line = ({ fields, hint, text }: Failure, { say }: Screen.Service): string => {
  const { errmsg, requestId } = fields
  const id = typeof requestId === "string" && !String(errmsg).includes(requestId) ? ` (rid: ${requestId})` : ""
  return clean(`${text}${id}${hint === undefined ? "" : ` → ${say(hint)}`}`).trim()
}

export const toJson = (failure: Failure, screen: Screen.Service): typeof Answers.error.Type => {
  const { exitCode, fields, hint, tag } = failure
  const known = Object.entries({ hint, ...fields }).filter(([, value]) => value !== undefined)
  return { error: { tag, exitCode, message: line(failure, screen), ...Object.fromEntries(known) } }
}
