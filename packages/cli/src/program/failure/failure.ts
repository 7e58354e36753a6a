/** Describes any error: what happened, what to do, and the exit code. */
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as ValidationError from "@effect/cli/ValidationError"
import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as ConfigError from "effect/ConfigError"
import * as Predicate from "effect/Predicate"
import { stripVTControlCharacters } from "node:util"
import { inChinese } from "../language/boilerplate.js"
import type { Say, Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import type { Answers } from "../schema/answers.js"
import { CliError, DatabaseError, UsageError } from "./errors.js"
import { exitCodeOf, exitCodes } from "./exitCodes.js"
import { sentenceOf } from "./sentences.js"

/** The description of an error. */
export interface Failure {
  readonly exitCode: number
  /** what happened; undefined where the hint says it too */
  readonly text: Text | undefined
  /** what to do */
  readonly hint: Text | undefined
  /** what others said, and what to search for: the errcode, its text, the operation */
  readonly codes?: string
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
  readonly pluginAppid?: string
}

const isDescribed = (error: unknown): error is Described =>
  Predicate.hasProperty(error, "_tag") &&
  Predicate.hasProperty(error, "hint") &&
  Predicate.hasProperty(error, "category")

/** WeChat's support asks for the request id. */
const codesOf = (error: Described): string => {
  const { _tag, api, errcode, errmsg = "", hint, message, pluginAppid, reason, requestId } = error
  if (errcode !== undefined) {
    const id = requestId === undefined || errmsg.includes(requestId) ? "" : ` rid: ${requestId}`
    return `${errcode} ${_tag}: ${errmsg}${id}; ${api}`
  }
  // of an application the message has the status, which the hint has in the reader's language
  return pluginAppid === undefined
    ? message.replace(` → ${hint.en}`, "")
    : [pluginAppid, ...(reason === undefined ? [] : [reason])].join(": ")
}

const ofLibrary = (error: Described): Failure => {
  const { _tag, api, category, endpoint, errcode, errmsg, hint, isRetryable, option, reason, requestId } = error
  return {
    exitCode: exitCodeOf(error),
    text: sentenceOf(error),
    hint,
    codes: codesOf(error),
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
const ofOption = ({ _tag, category, hint, option }: Described, name: string): Failure => {
  const source = sources[name] ?? name
  return {
    ...usage(_tag, { zh: `选项无效（${source}）`, en: `an option is invalid (${source})` }, hint),
    fields: { category, option }
  }
}

/** The value of an unknown option may be a secret. */
const withoutValues = (text: string) => text.replace(/(--?[\w-]+)=[^']*/g, "$1=…")

const ofValidation = (error: ValidationError.ValidationError): Failure => {
  const en = withoutValues(stripVTControlCharacters(HelpDoc.toAnsiText(error.error)).trim())
  return usage("UsageError", { zh: inChinese(en), en }, { zh: "用 --help 查看用法。", en: "See --help." })
}

const usage = (tag: string, text: Text, hint: Text): Failure => ({
  exitCode: exitCodes.usage,
  text,
  hint,
  tag,
  fields: { category: "usage" }
})

const both = (text: string): Text => ({ zh: text, en: text })

/** Describes an error. The text of a defect is not shown, because it may contain anything. */
export const of = (error: unknown): Failure => {
  if (error instanceof CliError || error instanceof UsageError) {
    const { _tag, category, hint, text } = error
    return { exitCode: exitCodeOf(error), text, hint, tag: _tag, fields: { category } }
  }
  if (error instanceof DatabaseError) {
    const { _tag, hint, reason, text } = error
    const exitCode = reason === "locked" ? exitCodes.usage : exitCodes.unexpected
    return { exitCode, text, hint, tag: _tag, fields: { reason } }
  }
  if (isDescribed(error)) {
    return error.option === undefined ? ofLibrary(error) : ofOption(error, error.option)
  }
  if (ValidationError.isValidationError(error)) {
    return ofValidation(error)
  }
  if (ConfigError.isConfigError(error)) {
    return usage("ConfigError", both(String(error)), {
      zh: "请检查环境变量。",
      en: "Check the environment variables."
    })
  }
  if (Predicate.isTagged(error, "EmulatorError") && error instanceof Error) {
    return usage("EmulatorError", both(error.message), {
      zh: "请用 --port 换一个端口。",
      en: "Choose another port with --port."
    })
  }
  return {
    exitCode: exitCodes.unexpected,
    text: { zh: "意外的错误", en: "unexpected error" },
    hint: { zh: "请附上 --verbose 的输出，反馈此问题。", en: "Please report it with the output of --verbose." },
    tag: Predicate.hasProperty(error, "_tag") ? String(error._tag) : "Defect",
    fields: {}
  }
}

/** What happened with its codes, without what to do. */
export const summary = ({ codes, text }: Failure): Text => ({
  zh: codes === undefined ? (text?.zh ?? "") : text === undefined ? codes : `${text.zh}（${codes}）`,
  en: codes === undefined ? (text?.en ?? "") : text === undefined ? codes : `${text.en} (${codes})`
})

/** One line: what happened and what to do, then the codes. */
export const line = ({ codes, hint, text }: Failure, say: Say): string => {
  const sentence = [text, hint].flatMap((text) => (text === undefined ? [] : [say(text)])).join(" → ")
  return clean(
    codes === undefined ? sentence : say({ zh: `${sentence}（${codes}）`, en: `${sentence} (${codes})` })
  ).trim()
}

export const toJson = (failure: Failure, say: Say): typeof Answers.error.Type => {
  const { exitCode, fields, hint, tag } = failure
  const known = Object.entries({ hint, ...fields }).filter(([, value]) => value !== undefined)
  return { error: { tag, exitCode, message: line(failure, say), ...Object.fromEntries(known) } }
}
