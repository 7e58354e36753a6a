/** What a cloud function may call: the `permissions.openapi` of its config.json. */
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Check } from "../../program/answers.js"
import type { Text } from "../../program/language.js"

const FunctionConfig = Schema.parseJson(
  Schema.Struct({ permissions: Schema.Struct({ openapi: Schema.Array(Schema.String) }) })
)

/** The operations that have a cloud call. */
const apis = Object.values<unknown>(PluginManager).flatMap((value) =>
  typeof value === "object" && value !== null && "api" in value && !("httpsOnly" in value) ? [String(value.api)] : []
)

const result = (outcome: Check["outcome"], text: Text, advice?: Text): Check => ({
  check: "permissions",
  outcome,
  text,
  ...(advice === undefined ? {} : { advice })
})

const compare = (file: string, granted: ReadonlyArray<string>): Check => {
  const missing = apis.filter((api) => !granted.includes(api))
  const strangers = granted.filter((api) => api.startsWith("pluginManager.") && !apis.includes(api))
  const wrong = strangers.length > 0 ? strangers : missing
  if (wrong.length === 0) {
    return result("ok", { zh: `${file} 允许全部插件接口`, en: `${file} has every plugin operation` })
  }
  const names = wrong.join(", ")
  if (strangers.length > 0) {
    return result(
      "failed",
      { zh: `${file} 中没有这样的接口：${names}`, en: `${file} names what is no operation: ${names}` },
      { zh: `可用的有：${apis.join(", ")}。`, en: `There are: ${apis.join(", ")}.` }
    )
  }
  return result(
    missing.length === apis.length ? "failed" : "warning",
    { zh: `${file} 未允许：${names}`, en: `${file} does not have: ${names}` },
    {
      zh: `需要哪个，就写入 permissions.openapi，重新部署，并等待 10 分钟的缓存失效；否则会得到 -604101。`,
      en: `Add those that the function calls to permissions.openapi, deploy it, and give the cache its ten minutes; without, the call gets -604101.`
    }
  )
}

/** Of the function that was named, or of the one in this folder. */
export const check = Effect.fnUntraced(function* (folder: Option.Option<string>) {
  const fs = yield* FileSystem.FileSystem
  const given = Option.getOrElse(folder, () => ".")
  const file = given.endsWith(".json") ? given : `${given}/config.json`
  const config = yield* Effect.option(Effect.flatMap(fs.readFileString(file), Schema.decode(FunctionConfig)))
  if (Option.isSome(config)) {
    return [compare(file, config.value.permissions.openapi)]
  }
  return Option.isNone(folder)
    ? []
    : [
        result(
          "failed",
          {
            zh: `${file} 没有 permissions.openapi，或无法读取`,
            en: `${file} has no permissions.openapi, or cannot be read`
          },
          {
            zh: `写成 { "permissions": { "openapi": ["${apis[0]}"] } }。`,
            en: `It has to be { "permissions": { "openapi": ["${apis[0]}"] } }.`
          }
        )
      ]
})
