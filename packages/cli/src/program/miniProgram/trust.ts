/** Whether the config file can be trusted: a command in it is run, and a secret in it has to stay secret. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../failure/errors.js"
import type { Text } from "../language/language.js"
import * as Process from "../output/process.js"

const writableByOthers = 0o022
const accessibleToOthers = 0o077

const untrusted = (file: string, text: Text, hint: Text) =>
  new CliError({
    category: "credential",
    text: { zh: `配置文件 ${file} 不可信：${text.zh}`, en: `config file ${file} is not trusted: ${text.en}` },
    hint
  })

/** Refuses a file or folder that somebody else owns or may change. */
const checkOwner = Effect.fnUntraced(function* (file: string, path: string, user: number) {
  const fs = yield* FileSystem.FileSystem
  const { mode, uid } = yield* fs.stat(path)
  if (!Option.contains(uid, user) && !Option.contains(uid, 0)) {
    return yield* untrusted(
      file,
      { zh: `${path} 属于其他用户`, en: `another user owns ${path}` },
      { zh: "它必须属于当前用户或 root。", en: "You or root must own it." }
    )
  }
  if ((mode & writableByOthers) !== 0) {
    return yield* untrusted(
      file,
      { zh: `他人可以修改 ${path}`, en: `others can change ${path}` },
      { zh: `执行 chmod go-w ${path}。`, en: `Run chmod go-w ${path}.` }
    )
  }
})

/**
 * Refuses a config file that somebody else could have written: the file, its folder, and the folder of a symbolic link to it. With a secret in it,
 * others must not be able to read the file either. Without user ids, as on Windows, nothing is checked.
 */
export const check = Effect.fnUntraced(function* (file: string, hasSecret: boolean) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const user = Process.userId()
  if (user === undefined) {
    return
  }
  // there is none for a pipe, such as /dev/fd/63
  const real = yield* Effect.orElseSucceed(fs.realPath(file), () => file)
  const folders = new Set([path.dirname(path.resolve(file)), path.dirname(path.resolve(real))])
  yield* Effect.forEach([file, ...folders], (path) => checkOwner(file, path, user), { discard: true })
  const { mode } = yield* fs.stat(file)
  if (hasSecret && (mode & accessibleToOthers) !== 0) {
    return yield* new CliError({
      category: "credential",
      text: {
        zh: `配置文件 ${file} 含有密钥，却能被他人读取`,
        en: `config file ${file} contains a secret, and others can read it`
      },
      hint: {
        zh: `执行 chmod 600 ${file}，或把密钥换成 { "command": "…" }。`,
        en: `Run chmod 600 ${file}, or replace the secret with { "command": "…" }.`
      }
    })
  }
})
