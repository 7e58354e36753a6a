/**
 * What `npm start` runs: lists the plugins of a mini program, as a table or with `--json` as JSON. With WECHAT_APPID and
 * WECHAT_SECRET in the environment it asks WeChat, without them the embedded emulator, the same way.
 */
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Config, ConfigError, Console, Context, Data, Effect, Layer, Option } from "effect"
import { parseArgs } from "node:util"
import { table } from "./table.js"

class UsageError extends Data.TaggedError("UsageError")<{ readonly message: string }> {}

const options = Effect.try({
  try: () => parseArgs({ options: { json: { type: "boolean", default: false } } }).values,
  catch: (error) =>
    new UsageError({ message: `${(error as Error).message.split(". ")[0]} → the one option is --json.` })
})

const environment = Config.all({
  appId: Config.option(Config.nonEmptyString("WECHAT_APPID")),
  appSecret: Config.option(Config.redacted(Config.nonEmptyString("WECHAT_SECRET"))),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(new URL("https://api.weixin.qq.com"))),
  locale: Config.string("LC_ALL").pipe(
    Config.orElse(() => Config.string("LANG")),
    Config.withDefault("")
  )
})

/** Which mini program is asked, and where. */
const source = Effect.gen(function* () {
  const { appId, appSecret, baseUrl } = yield* environment
  if (Option.isSome(appId) && Option.isSome(appSecret)) {
    return { appId: appId.value, appSecret: appSecret.value, baseUrl, from: `WeChat (${baseUrl.host})` }
  }
  if (Option.isSome(appId) || Option.isSome(appSecret)) {
    const missing = Option.isSome(appId) ? "WECHAT_SECRET" : "WECHAT_APPID"
    return yield* new UsageError({ message: `${missing} is not set → set it too, or neither for the emulator.` })
  }
  const emulator = Context.get(yield* Layer.build(Emulator.layer()), Emulator.Emulator)
  return {
    appId: emulator.appId,
    appSecret: emulator.appSecret,
    baseUrl: emulator.url,
    from: `the embedded emulator (${emulator.url.host}; set WECHAT_APPID and WECHAT_SECRET to ask WeChat)`
  }
})

const main = Effect.gen(function* () {
  const { json } = yield* options
  const { from, ...app } = yield* source
  const plugins = yield* PluginManager.getPluginList.pipe(Effect.provide(HttpsTransport.layerFetch(app)))
  const line = `${plugins.length} ${plugins.length === 1 ? "plugin" : "plugins"} of ${app.appId}, from ${from}`
  if (json) {
    yield* Console.error(line)
    yield* Console.log(
      JSON.stringify(
        plugins.map(({ appid, status, nickname, headimgurl }) => ({ appid, status, nickname, headimgurl })),
        null,
        2
      )
    )
  } else {
    const { locale } = yield* environment
    yield* Console.log(table(plugins, locale.startsWith("zh") ? "zh" : "en"))
    yield* Console.log(`\n${line}`)
  }
})

/** One line that says what happened and what to do. */
const oneLine = (error: { readonly message?: string }) =>
  (ConfigError.isConfigError(error) ? `${error} → check the environment.` : (error.message ?? String(error))).replace(
    /\s+/g,
    " "
  )

await main.pipe(
  Effect.scoped,
  Effect.catchAllDefect((defect) => Effect.fail(new Error(`unexpected: ${String(defect)} → please report it.`))),
  Effect.catchAll((error) =>
    Effect.zipRight(
      Console.error(oneLine(error)),
      Effect.sync(() => {
        process.exitCode = 1
      })
    )
  ),
  Effect.runPromise
)
