import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import { CliError } from "../failure/errors.js"
import type { Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import * as Process from "../output/process.js"

const isAppId = (text: string) => /^wx[\w-]{1,62}$/.test(text)

const refuse = (text: Text, hint: Text) => new CliError({ category: "usage", text, hint })

/** As much of a line as an error shows. */
const shown = (line: string) => clean(line.length > 40 ? `${line.slice(0, 40)}…` : line)

/** One appid on each line. White space around it, empty lines and what follows a `#` are ignored. */
const parse = (text: string, file: string): Effect.Effect<ReadonlyArray<string>, CliError> => {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/#.*/, "").trim())
  const wrong = lines.findIndex((line) => line !== "" && !isAppId(line))
  if (wrong >= 0) {
    const [at, line] = [wrong + 1, shown(lines[wrong]!)]
    return refuse(
      { zh: `${file} 第 ${at} 行不是 appid：${line}`, en: `line ${at} of ${file} is no appid: ${line}` },
      {
        zh: "每行写一个 appid，如 wx0123456789abcdef。",
        en: "Write one appid on each line, such as wx0123456789abcdef."
      }
    )
  }
  const appIds = lines.filter((line) => line !== "")
  return appIds.length === 0
    ? refuse(
        { zh: `${file} 中没有 appid`, en: `there is no appid in ${file}` },
        { zh: "每行写一个 appid。", en: "Write one appid on each line." }
      )
    : Effect.succeed(appIds)
}

/** Reads the appids of a file, or of stdin for `-`. */
export const read = (file: string) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const name = file === "-" ? "stdin" : file
    const text = yield* Effect.mapError(file === "-" ? Process.readStdin : fs.readFileString(file), () =>
      refuse(
        { zh: `无法读取 ${name}`, en: `${name} cannot be read` },
        { zh: "检查 --apps 的文件。", en: "Check the file of --apps." }
      )
    )
    return yield* parse(text, name)
  })
