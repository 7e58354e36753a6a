/** Adds a mini program to the config file, which only the user may read then. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { CliError } from "../failure/errors.js"
import * as Settings from "./settings.js"

export interface NewProfile {
  readonly appid: string
  readonly secret: Redacted.Redacted<string> | { readonly command: string }
}

const unwritable = (file: string) =>
  new CliError({
    category: "usage",
    text: { zh: `无法写入 ${file}`, en: `${file} cannot be written` },
    hint: { zh: "检查该文件与其文件夹的权限。", en: "Check the permissions of the file and its folder." }
  })

/** Writes the whole file anew beside the old one, so that a crash leaves one of them. The first profile becomes the default. */
export const writeProfile = (name: string, { appid, secret }: NewProfile) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const file = yield* Effect.mapError(Effect.flatten(Settings.path), () => Settings.withoutFolder)
    yield* Effect.gen(function* () {
      yield* fs.makeDirectory(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
      const exists = yield* fs.exists(file)
      const real = exists ? yield* fs.realPath(file) : file
      const old: Record<string, unknown> = exists ? JSON.parse(yield* fs.readFileString(real)) : {}
      const profile = { appid, secret: Redacted.isRedacted(secret) ? Redacted.value(secret) : secret }
      const profiles = { ...(old["profiles"] as object | undefined), [name]: profile }
      const text = JSON.stringify({ default: name, ...old, profiles }, null, 2)
      // what a crash left
      yield* fs.remove(`${real}.new`, { force: true })
      yield* fs.writeFileString(`${real}.new`, `${text}\n`, { mode: 0o600, flag: "wx" })
      yield* Effect.onError(fs.rename(`${real}.new`, real), () => Effect.ignore(fs.remove(`${real}.new`)))
    }).pipe(Effect.catchTags({ BadArgument: () => unwritable(file), SystemError: () => unwritable(file) }))
    return file
  })
