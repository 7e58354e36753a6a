/** The config file, which names several mini programs. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { CliError } from "../failure/errors.js"
import { optional } from "../schema/optional.js"
import * as Keys from "./keys.js"
import * as Trust from "./trust.js"

/** A secret in the file, or a command that prints it. */
export const Secret = Schema.Union(
  Schema.Redacted(Schema.NonEmptyString),
  Schema.Struct({ command: Schema.NonEmptyString })
)

const common = { appid: Schema.NonEmptyString, baseUrl: optional(Schema.URL) }

/** A mini program with its app secret, or with an access token from elsewhere. */
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

const format = { zh: "格式见 README 的“配置文件”。", en: "See “The config file” in the README." }

const invalid = (path: string, zh: string, en: string, hint = format) =>
  new CliError({
    category: "usage",
    text: { zh: `配置文件 ${path}：${zh}`, en: `config file ${path}: ${en}` },
    hint
  })

/** There is no place for a config file. */
export const withoutFolder = new CliError({
  category: "usage",
  text: { zh: "没有存放配置文件的地方：未设置 HOME", en: "there is no place for a config file: HOME is not set" },
  hint: {
    zh: "没有配置文件：请设置 HOME 或 WECHAT_PLUGIN_CONFIG。",
    en: "There is no config file: set HOME or WECHAT_PLUGIN_CONFIG."
  }
})

const unreadable = (path: string) => invalid(path, "无法读取", "cannot be read")

const named = Config.option(Config.nonEmptyString("WECHAT_PLUGIN_CONFIG"))

/** A folder of the environment. A relative one would depend on the current folder, which may be anybody's, so it is ignored. */
const folder = (variable: string) =>
  Effect.flatMap(Path.Path, (path) =>
    Effect.map(Config.option(Config.string(variable)), Option.filter(path.isAbsolute))
  )

/** The path of the config file: `WECHAT_PLUGIN_CONFIG`, or a file in the user's folder of configurations if there is one. */
export const path = Effect.gen(function* () {
  const home = Option.firstSomeOf([yield* folder("HOME"), yield* folder("USERPROFILE")])
  const inHome = Option.map(home, (home) => `${home}/.config`)
  const configurations = Option.firstSomeOf([yield* folder("XDG_CONFIG_HOME"), inHome])
  const usual = Option.map(configurations, (folder) => `${folder}/wechat-plugin/config.json`)
  return Option.firstSomeOf([yield* named, usual])
}).pipe(Effect.orDie)

/**
 * The places in the file that are wrong. The messages of the issues are not used: they contain the values, which may be secrets, and a value may be
 * nested too deep to print.
 */
const placesOf = (issue: ParseResult.ParseIssue, path: ReadonlyArray<PropertyKey> = []): ReadonlyArray<string> => {
  switch (issue._tag) {
    case "Pointer":
      return placesOf(issue.issue, path.concat(issue.path))
    case "Composite":
      return [issue.issues].flat().flatMap((issue) => placesOf(issue as ParseResult.ParseIssue, path))
    case "Refinement":
    case "Transformation":
      return placesOf(issue.issue, path)
    default:
      return [path.join(".") || "/"]
  }
}

const hasSecret = ({ profiles }: Settings) =>
  Object.values(profiles).some(
    (profile) => !("command" in ("secret" in profile ? profile.secret : profile.accessToken))
  )

const parse = (text: string): Either.Either<unknown, unknown> => Schema.decodeUnknownEither(Schema.parseJson())(text)

const decode = (file: string, json: unknown) => {
  const problem = Keys.check(json)
  if (problem !== undefined) {
    return invalid(file, problem.text.zh, problem.text.en, problem.hint)
  }
  return Schema.decodeUnknown(Settings)(json, { errors: "all", onExcessProperty: "error" }).pipe(
    Effect.mapError(({ issue }) => {
      // of the kinds of profiles, that which is meant has the key
      const places = [...new Set(placesOf(issue))].filter((place) => Keys.has(json, place)).map(Keys.expected)
      const [zh, en] = [places.map(({ zh }) => zh).join("；"), places.map(({ en }) => en).join("; ")]
      return invalid(file, zh, en)
    })
  )
}

const read = (file: string) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const text = yield* fs.readFileString(file)
    const json = yield* Effect.mapError(parse(text), () => invalid(file, "不是 JSON", "is not JSON"))
    const settings = yield* decode(file, json)
    yield* Trust.check(file, hasSecret(settings))
    return settings
  }).pipe(Effect.catchTags({ BadArgument: () => unreadable(file), SystemError: () => unreadable(file) }))

/** Reads the config file. It may be absent, unless `WECHAT_PLUGIN_CONFIG` names it. */
export const load: Effect.Effect<Settings, CliError, FileSystem.FileSystem | Path.Path> = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const file = yield* path
  if (Option.isNone(file)) {
    return none
  }
  const isNamed = Option.isSome(yield* Effect.orDie(named))
  const exists = yield* Effect.mapError(fs.exists(file.value), () => unreadable(file.value))
  return isNamed || exists ? yield* read(file.value) : none
})
