import * as PluginManagerError from "@effect-wechat/plugin-manager/PluginManagerError"
import * as PluginOperations from "@effect-wechat/plugin-manager/PluginOperations"
import { exitCodeOf } from "../../program/failure/exitCodes.js"
import type { Text } from "../../program/language/language.js"
import type { Errcode } from "../../program/schema/answers.js"

interface ErrcodeClass {
  readonly _tag: string
  readonly category: PluginManagerError.Category
  readonly codes: ReadonlyArray<number>
  readonly isTransient: boolean
  readonly hint: Text | ((api: string) => Text)
}

const isErrcodeClass = (value: unknown): value is ErrcodeClass =>
  typeof value === "function" && "codes" in value && Array.isArray(value.codes) && value.codes.length > 0

const classes = Object.values<unknown>(PluginManagerError).filter(isErrcodeClass)

const operations = Object.values<{ readonly api: string; readonly errors: ReadonlyArray<unknown> }>(PluginOperations)

/** Every errcode that has a class. 40001 has two: an API refuses a token with it, and the token endpoint refuses a secret with it. */
export const known: ReadonlyArray<Errcode> = classes
  .flatMap((errcodeClass) =>
    errcodeClass.codes.map((errcode) => {
      const { _tag, category, hint, isTransient } = errcodeClass
      return {
        errcode,
        error: _tag,
        operations: operations.filter(({ errors }) => errors.includes(errcodeClass)).map(({ api }) => api),
        category,
        exitCode: exitCodeOf({ _tag, category }),
        isTransient,
        hint: typeof hint === "function" ? hint("pluginManager.getPluginList") : hint
      }
    })
  )
  .sort((a, b) => Math.abs(a.errcode) - Math.abs(b.errcode))
