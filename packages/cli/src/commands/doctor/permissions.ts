/** Checks which operations a cloud function may call: `permissions.openapi` in its config.json. */
import type { Operation } from "@effect-wechat/plugin-manager/Operation"
import * as PluginOperations from "@effect-wechat/plugin-manager/PluginOperations"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Check } from "../../program/schema/answers.js"
import type { Text } from "../../program/language/language.js"

const FunctionConfig = Schema.parseJson(
  Schema.Struct({ permissions: Schema.Struct({ openapi: Schema.Array(Schema.String) }) })
)

/** The operations that have a cloud call. */
const apis = Object.values<Pick<Operation<never, never, unknown>, "api" | "httpsOnly">>(PluginOperations)
  .filter(({ httpsOnly }) => httpsOnly !== true)
  .map(({ api }) => api)

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
    return result("ok", { zh: `${file} 允许全部插件接口`, en: `${file} allows every plugin operation` })
  }
  const [zh, en] = [wrong.join("、"), wrong.join(", ")]
  if (strangers.length > 0) {
    return result(
      "failed",
      { zh: `${file} 中的接口不存在：${zh}`, en: `${file} allows operations that do not exist: ${en}` },
      { zh: `可用的接口：${apis.join("、")}。`, en: `The operations are: ${apis.join(", ")}.` }
    )
  }
  return result(
    missing.length === apis.length ? "failed" : "warning",
    { zh: `${file} 未允许：${zh}`, en: `${file} does not allow: ${en}` },
    {
      zh: `把云函数要调用的接口写入 permissions.openapi，重新部署，并等待 10 分钟缓存过期。否则调用会返回 -604101。`,
      en: `Add the operations that the function calls to permissions.openapi, deploy it, and wait ten minutes for the cache. Otherwise the call fails with -604101.`
    }
  )
}

/** Checks the cloud function in that folder. By default it is the current folder, if there is a function in it. */
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
            en: `${file} has no permissions.openapi, or it cannot be read`
          },
          {
            zh: `格式为 { "permissions": { "openapi": ["${apis[0]}"] } }。`,
            en: `The format is { "permissions": { "openapi": ["${apis[0]}"] } }.`
          }
        )
      ]
})
