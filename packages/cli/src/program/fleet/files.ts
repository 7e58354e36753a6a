import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import { CliError } from "../failure/errors.js"

const unwritable = (file: string) =>
  new CliError({
    category: "usage",
    text: { zh: `无法写入 ${file}`, en: `${file} cannot be written` },
    hint: { zh: "用 --output 换一个文件。", en: "Choose another file with --output." }
  })

/** Empties or creates the file, and writes one text after another until the scope closes. */
export const openFile = (name: string) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = yield* Effect.mapError(fs.open(name, { flag: "w", mode: 0o600 }), () => unwritable(name))
    const encoder = new TextEncoder()
    return (text: string) => Effect.mapError(file.writeAll(encoder.encode(text)), () => unwritable(name))
  })
