import type * as PlatformError from "@effect/platform/Error"
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { type TokenStore, TokenStoreError } from "../../TokenStore.js"
import { reasonOf } from "./reasonOf.js"

interface Entry {
  readonly value: string
  readonly expiresAt: number
}

const decode = (text: string): Entry | undefined => {
  const { expiresAt, value }: { readonly [Field in keyof Entry]?: unknown } = Object(
    Either.getOrUndefined(Either.try((): unknown => JSON.parse(text)))
  )
  return typeof value === "string" && typeof expiresAt === "number" ? { value, expiresAt } : undefined
}

/** A name that every file system allows. */
const nameOf = (key: string) =>
  encodeURIComponent(key).replace(/[.*!'()~%]/g, (char) => `=${char.charCodeAt(0).toString(16)}`)

/** Uses only steps that the file system performs as a whole: a rename, and a link, which fails if the file exists. */
export const makeFileStore = (fs: FileSystem.FileSystem, directory: string): TokenStore.Service => {
  const fileOf = (key: string, kind: "token" | "lease") => `${directory}/${nameOf(key)}.${kind}`
  const aside = Effect.map(
    Effect.all([Random.nextInt, Random.nextInt, Clock.currentTimeNanos]),
    (parts) => `${directory}/${parts.map((part) => part.toString(36).replace("-", "")).join("")}.part`
  )
  const isAbsent = (error: PlatformError.PlatformError) => reasonOf(error) === "NotFound"
  const isThere = (error: PlatformError.PlatformError) => reasonOf(error) === "AlreadyExists"

  const readExisting = (file: string) => Effect.map(fs.readFileString(file), decode)

  const read = (file: string) => Effect.catchIf(readExisting(file), isAbsent, () => Effect.succeed(undefined))

  const write = Effect.fnUntraced(function* (entry: Entry) {
    const file = yield* aside
    // on a full disk a part of the file may have been written
    yield* Effect.tapError(fs.writeFileString(file, JSON.stringify(entry), { mode: 0o600, flag: "wx" }), () =>
      Effect.ignore(fs.remove(file))
    )
    return file
  })

  const entryOf = (value: string, timeToLive: Duration.Duration) =>
    Effect.map(Clock.currentTimeMillis, (now) => ({ value, expiresAt: now + Duration.toMillis(timeToLive) }))

  const isOver = (entry: Entry | undefined) =>
    Effect.map(Clock.currentTimeMillis, (now) => entry === undefined || entry.expiresAt <= now)

  /** True if the file did not exist before. */
  const putNew = (part: string, file: string) =>
    fs.link(part, file).pipe(
      Effect.as(true),
      Effect.catchIf(isThere, () => Effect.succeed(false)),
      Effect.ensuring(Effect.ignore(fs.remove(part)))
    )

  /** Moves the file aside, and removes it if it is the right one. Otherwise puts it back, unless there is another by then. */
  const removeWhere = (file: string, isIt: (entry: Entry | undefined) => Effect.Effect<boolean>) =>
    Effect.gen(function* () {
      // one that is absent now may be somebody's new lease in the next moment, which must not be moved
      if (!(yield* isIt(yield* readExisting(file)))) {
        return
      }
      const part = yield* aside
      yield* fs.rename(file, part)
      yield* (yield* isIt(yield* read(part))) ? fs.remove(part) : putNew(part, file)
    }).pipe(Effect.catchIf(isAbsent, () => Effect.void))

  const attempt =
    (operation: TokenStoreError["operation"]) =>
    <A, R>(self: Effect.Effect<A, PlatformError.PlatformError, R>): Effect.Effect<A, TokenStoreError, R> =>
      Effect.mapError(
        Effect.uninterruptible(self),
        (error) => new TokenStoreError({ operation, description: reasonOf(error) })
      )

  const is = (value: string) => (entry: Entry | undefined) => Effect.succeed(entry?.value === value)

  const take = (file: string, owner: string, timeToLive: Duration.Duration) =>
    Effect.gen(function* () {
      const entry = yield* entryOf(owner, timeToLive)
      const current = yield* read(file)
      if (current?.value === owner && !(yield* isOver(current))) {
        yield* fs.rename(yield* write(entry), file)
        return true
      }
      yield* removeWhere(file, isOver)
      return yield* putNew(yield* write(entry), file)
    })

  return {
    get: (key) =>
      Effect.gen(function* () {
        const entry = yield* read(fileOf(key, "token"))
        return entry === undefined || (yield* isOver(entry)) ? Option.none() : Option.some(Redacted.make(entry.value))
      }).pipe(attempt("get")),
    set: (key, value, timeToLive) =>
      entryOf(Redacted.value(value), timeToLive).pipe(
        Effect.flatMap(write),
        Effect.flatMap((part) =>
          Effect.tapError(fs.rename(part, fileOf(key, "token")), () => Effect.ignore(fs.remove(part)))
        ),
        attempt("set")
      ),
    removeIf: (key, value) => removeWhere(fileOf(key, "token"), is(Redacted.value(value))).pipe(attempt("removeIf")),
    lease: (key, owner, timeToLive) => take(fileOf(key, "lease"), owner, timeToLive).pipe(attempt("lease")),
    release: (key, owner) => removeWhere(fileOf(key, "lease"), is(owner)).pipe(attempt("release"))
  }
}
