import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as PluginManagerError from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Effect from "effect/Effect"
import type { Errcode } from "../program/answers.js"
import { CliError, exitCodeOf } from "../program/failure.js"
import type { Say, Text } from "../program/language.js"
import { Screen } from "../program/screen.js"
import { type Style } from "../program/style.js"

export interface Options {
  readonly codes: ReadonlyArray<string>
}

interface ErrcodeClass {
  readonly _tag: string
  readonly codes: ReadonlyArray<number>
  readonly isTransient: boolean
  readonly hint: Text | ((api: string) => Text)
}

const isErrcodeClass = (value: unknown): value is ErrcodeClass =>
  typeof value === "function" && "codes" in value && "hint" in value && (value.codes as Array<number>).length > 0

const classes = Object.values<unknown>(PluginManagerError).filter(isErrcodeClass)

const operations = Object.values<unknown>(PluginManager).filter(
  (value): value is { readonly api: string; readonly errors: ReadonlyArray<unknown> } =>
    typeof value === "object" && value !== null && "api" in value && "errors" in value
)

/** Every errcode that is known, with what to do. 40001 is here as an API answers it; of the token endpoint it says that the secret is wrong. */
export const known: ReadonlyArray<Errcode> = classes
  .flatMap((errcodeClass) =>
    errcodeClass.codes.map((errcode) => {
      const { _tag, hint, isTransient } = errcodeClass
      return {
        errcode,
        error: _tag,
        operations: operations.filter(({ errors }) => errors.includes(errcodeClass)).map(({ api }) => api),
        exitCode: exitCodeOf({ _tag }),
        isTransient,
        hint: typeof hint === "function" ? hint("pluginManager.getPluginList") : hint
      }
    })
  )
  .sort((a, b) => Math.abs(a.errcode) - Math.abs(b.errcode))

/** `40164`, `errcode: 40164`, or a whole line out of a log. */
const asNumber = (text: string): number | undefined => {
  const [digits] = /-?\d+/.exec(text.replace(/^.*?errcode\W*/i, "")) ?? []
  return digits === undefined ? undefined : Number(digits)
}

const explain =
  (say: Say, { colors }: Style) =>
  ({ errcode, error, hint, operations }: Errcode) =>
    [
      `${colors.bold(String(errcode))}  ${colors.red(error)}`,
      `  ${hint.zh}`,
      `  ${hint.en}`,
      `  ${colors.dim(operations.length === 0 ? say({ zh: "任何接口", en: "any operation" }) : operations.join(", "))}`
    ].join("\n")

const unknown = (texts: ReadonlyArray<string>) =>
  new CliError({
    kind: "usage",
    text: { zh: `没有收录：${texts.join(", ")}`, en: `not a known errcode: ${texts.join(", ")}` },
    hint: {
      zh: "不带参数列出全部；其余见微信的“全局错误码”。",
      en: "Without an argument all are listed; WeChat's page of global errcodes (全局错误码) has the others."
    }
  })

export const run = ({ codes }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const strangers = codes.filter((text) => !known.some(({ errcode }) => errcode === asNumber(text)))
    yield* strangers.length > 0 ? unknown(strangers) : Effect.void
    const asked = codes.map(asNumber)
    const explained = known.filter(({ errcode }) => asked.length === 0 || asked.includes(errcode))
    yield* answer(explained, (style) => explained.map(explain(say, style)).join("\n\n"))
  })
