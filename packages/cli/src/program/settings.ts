/** The config file: several mini programs by name. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { CliError } from "./failure.js"
import { isWindows } from "./process.js"

const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

/** The secret itself, for a file that nobody else can read, or a command that prints it. */
export const Secret = Schema.Union(
  Schema.Redacted(Schema.NonEmptyString),
  Schema.Struct({ command: Schema.NonEmptyString })
)

const common = { appid: Schema.NonEmptyString, baseUrl: optional(Schema.URL) }

/** A mini program: by its app secret, or by an access token that somebody else fetches. */
export const Profile = Schema.Union(
  Schema.Struct({ ...common, secret: Secret }),
  Schema.Struct({ ...common, accessToken: Secret })
)

export type Profile = typeof Profile.Type

export const Settings = Schema.Struct({
  default: optional(Schema.NonEmptyString),
  profiles: Schema.Record({ key: Schema.String, value: Profile })
})

export type Settings = typeof Settings.Type

const none: Settings = { profiles: {} }

const unreadable = (path: string, zh: string, en: string) =>
  new CliError({
    kind: "usage",
    text: { zh: `配置文件 ${path}：${zh}`, en: `config file ${path}: ${en}` },
    hint: { zh: "格式见 README 的“配置文件”。", en: "README, “The config file”, has its format." }
  })

/** Where it is: `WECHAT_PLUGIN_CONFIG`, or the user's folder of configurations. */
export const path = Effect.gen(function* () {
  const home = Config.string("HOME").pipe(
    Config.orElse(() => Config.string("USERPROFILE")),
    Config.withDefault(".")
  )
  const folder = Config.nonEmptyString("XDG_CONFIG_HOME").pipe(
    Config.orElse(() => Config.map(home, (home) => `${home}/.config`))
  )
  return yield* Config.nonEmptyString("WECHAT_PLUGIN_CONFIG").pipe(
    Config.orElse(() => Config.map(folder, (folder) => `${folder}/wechat-plugin/config.json`))
  )
})

/** Where the file is not as it should be; never what is in it, which may be a secret. */
const places = (error: ParseResult.ParseError) => {
  const paths = ParseResult.ArrayFormatter.formatErrorSync(error).map(({ path }) => path.join(".") || "/")
  return [...new Set(paths)].join(", ")
}

const hasSecret = ({ profiles }: Settings) =>
  Object.values(profiles).some(
    (profile) => !("command" in ("secret" in profile ? profile.secret : profile.accessToken))
  )

/** Whether others than its owner can read it; on Windows a file has no mode. */
const isShared = (file: string) =>
  Effect.map(
    Effect.flatMap(FileSystem.FileSystem, (fs) => fs.stat(file)),
    ({ mode }) => !isWindows && (mode & 0o077) !== 0
  )

const parse = (text: string): Either.Either<unknown, unknown> => Schema.decodeUnknownEither(Schema.parseJson())(text)

/** What the config file says; there may be none, unless one was named. */
export const load: Effect.Effect<Settings, CliError, FileSystem.FileSystem> = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const file = yield* path
  const isNamed = Option.isSome(yield* Config.option(Config.nonEmptyString("WECHAT_PLUGIN_CONFIG")))
  if (!isNamed && !(yield* fs.exists(file))) {
    return none
  }
  const text = yield* Effect.mapError(fs.readFileString(file), () => unreadable(file, "无法读取", "cannot be read"))
  const json = yield* Effect.mapError(parse(text), () => unreadable(file, "不是 JSON", "is not JSON"))
  const settings = yield* Schema.decodeUnknown(Settings)(json, { errors: "all", onExcessProperty: "error" }).pipe(
    Effect.mapError((error) => unreadable(file, `有误：${places(error)}`, `is wrong at ${places(error)}`))
  )
  if (hasSecret(settings) && (yield* isShared(file))) {
    return yield* new CliError({
      kind: "credential",
      text: {
        zh: `配置文件 ${file} 含有密钥，却能被他人读取`,
        en: `config file ${file} has a secret in it, and others can read it`
      },
      hint: {
        zh: `执行 chmod 600 ${file}，或把密钥换成 { "command": "…" }。`,
        en: `Run chmod 600 ${file}, or write { "command": "…" } in the secret's place.`
      }
    })
  }
  return settings
}).pipe(
  Effect.catchTags({
    ConfigError: (error) => Effect.die(error),
    BadArgument: () => Effect.flatMap(Effect.orDie(path), (file) => unreadable(file, "无法读取", "cannot be read")),
    SystemError: () => Effect.flatMap(Effect.orDie(path), (file) => unreadable(file, "无法读取", "cannot be read"))
  })
)
