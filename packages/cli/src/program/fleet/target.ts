import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../failure/errors.js"

/** The options that choose a database. */
export interface Target {
  readonly database: Option.Option<string>
  readonly emulator: boolean
}

/** The options of a command that calls WeChat. */
export interface RunnerTarget extends Target {
  readonly rate: Option.Option<number>
}

const folder = (variable: string) =>
  Effect.flatMap(Path.Path, (path) =>
    Effect.map(Config.option(Config.string(variable)), Option.filter(path.isAbsolute))
  )

/** The user's folder of data, as the XDG base directories have it. */
const dataFolder = Effect.gen(function* () {
  const home = Option.firstSomeOf([yield* folder("HOME"), yield* folder("USERPROFILE")])
  return Option.firstSomeOf([
    yield* folder("XDG_DATA_HOME"),
    yield* folder("LOCALAPPDATA"),
    Option.map(home, (home) => `${home}/.local/share`)
  ])
}).pipe(Effect.orDie)

const withoutFolder = new CliError({
  category: "usage",
  text: { zh: "没有存放数据库的文件夹：未设置 HOME", en: "there is no folder for the database: HOME is not set" },
  hint: { zh: "用 --database 指定文件。", en: "Name a file with --database." }
})

const databaseFile = ({ database, emulator }: Target) =>
  Effect.gen(function* () {
    if (Option.isSome(database)) {
      return database.value
    }
    const folder = yield* Effect.flatMap(
      dataFolder,
      Effect.catchTag("NoSuchElementException", () => withoutFolder)
    )
    return `${folder}/wechat-plugin/${emulator ? "fleet-emulator" : "fleet"}.db`
  })

/** Fails if there is no such file: whoever only reads does not create it. */
export const existingFile = (target: Target) =>
  Effect.gen(function* () {
    const file = yield* databaseFile(target)
    const fs = yield* FileSystem.FileSystem
    if (yield* Effect.orElseSucceed(fs.exists(file), () => false)) {
      return file
    }
    return yield* new CliError({
      category: "usage",
      text: { zh: `没有数据库 ${file}`, en: `there is no database ${file}` },
      hint: {
        zh: "先执行 wechat-plugin fleet sweep，或用 --database 指定文件。",
        en: "Run wechat-plugin fleet sweep first, or name a file with --database."
      }
    })
  })

/** The file with its folder, which only the user may enter if it is created here. */
export const newFile = (target: Target) =>
  Effect.gen(function* () {
    const file = yield* databaseFile(target)
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    // the database itself says what is wrong with the place
    yield* Effect.ignore(fs.makeDirectory(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 }))
    return file
  })

/** The options that name the same database, for a hint of another command. */
export const sameDatabase = ({ database, emulator }: Target): string =>
  [
    ...(emulator ? ["--emulator"] : []),
    ...Option.match(database, { onNone: () => [], onSome: (file) => [`--database ${file}`] })
  ]
    .map((option) => ` ${option}`)
    .join("")
