import type * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import { TokenStoreError } from "../../TokenStore.js"

const failure = (description: string) => new TokenStoreError({ operation: "connect", description })

/** Makes the folder of a store, or checks the one that is there. It also removes what a process that died has left behind. */
export const openFolder = Effect.fnUntraced(function* (fs: FileSystem.FileSystem, directory: string) {
  yield* Effect.mapError(fs.makeDirectory(directory, { recursive: true, mode: 0o700 }), (error) =>
    failure(`the folder ${directory} cannot be made: ${error._tag}`)
  )
  const { mode } = yield* Effect.mapError(fs.stat(directory), (error) =>
    failure(`the folder ${directory} cannot be read: ${error._tag}`)
  )
  // Windows has no such modes and reports all of them
  if ((mode & 0o022) !== 0 && (mode & 0o777) !== 0o666) {
    return yield* failure(
      `other users may write to the folder ${directory}: run chmod 700 on it, or choose another one`
    )
  }
  const files = yield* Effect.orElseSucceed(fs.readDirectory(directory), () => [])
  yield* Effect.forEach(
    files.filter((file) => file.endsWith(".part")),
    (file) => removeOld(fs, `${directory}/${file}`)
  )
})

const removeOld = (fs: FileSystem.FileSystem, file: string) =>
  Effect.gen(function* () {
    const { mtime } = yield* fs.stat(file)
    const now = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
    if (mtime._tag === "Some" && now - mtime.value.getTime() > 60_000) {
      yield* fs.remove(file)
    }
  }).pipe(Effect.ignore)
