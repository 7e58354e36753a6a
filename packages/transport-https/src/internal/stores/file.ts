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
  const pathOf = (key: string, kind: "token" | "leases") => `${directory}/${nameOf(key)}.${kind}`
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

  /** Moves the file aside, and removes it if it has that value. Otherwise puts it back, unless there is another by then. */
  const removeIf = (file: string, value: string) =>
    Effect.gen(function* () {
      if ((yield* readExisting(file))?.value !== value) {
        return
      }
      const part = yield* aside
      yield* fs.rename(file, part)
      yield* (yield* read(part))?.value === value ? fs.remove(part) : putNew(part, file)
    }).pipe(Effect.catchIf(isAbsent, () => Effect.void))

  const attempt =
    (operation: TokenStoreError["operation"]) =>
    <A, R>(self: Effect.Effect<A, PlatformError.PlatformError, R>): Effect.Effect<A, TokenStoreError, R> =>
      Effect.mapError(
        Effect.uninterruptible(self),
        (error) => new TokenStoreError({ operation, description: reasonOf(error) })
      )

  /** The last lease of a key: each taking has a number of its own, which is the name of its file. */
  const lastIn = (leases: string) =>
    Effect.map(fs.readDirectory(leases), (names) =>
      names.reduce((last, name) => (/^\d+$/.test(name) ? Math.max(last, Number(name)) : last), 0)
    )

  const extend = (leases: string, last: number, entry: Entry) =>
    Effect.gen(function* () {
      yield* fs.rename(yield* write(entry), `${leases}/${last}`)
      // it may have ended before, and somebody else have taken the next
      return (yield* lastIn(leases)) === last
    })

  const takeNext = (leases: string, last: number, entry: Entry) =>
    Effect.gen(function* () {
      const next = `${leases}/${last + 1}`
      if (!(yield* putNew(yield* write(entry), next))) {
        return false
      }
      // its owner may have extended it just before
      const before = `${leases}/${last}`
      if (yield* isOver(yield* read(before))) {
        yield* Effect.ignore(fs.remove(before))
        return true
      }
      yield* fs.remove(next)
      return false
    })

  /**
   * Nobody touches the lease of another. One who extends writes first and then looks for the next; one who takes the next writes it first and
   * then looks whether the last was extended: of two at once, one at least sees the other.
   */
  const take = (leases: string, owner: string, timeToLive: Duration.Duration) =>
    Effect.gen(function* () {
      yield* fs.makeDirectory(leases, { recursive: true, mode: 0o700 })
      const entry = yield* entryOf(owner, timeToLive)
      const last = yield* lastIn(leases)
      const current = yield* read(`${leases}/${last}`)
      if (yield* isOver(current)) {
        return yield* takeNext(leases, last, entry)
      }
      return current?.value === owner && (yield* extend(leases, last, entry))
    })

  /** It ends at once. The file stays, so that no number comes again. */
  const release = (leases: string, owner: string) =>
    Effect.gen(function* () {
      const file = `${leases}/${yield* lastIn(leases)}`
      if ((yield* read(file))?.value === owner) {
        yield* fs.rename(yield* write({ value: owner, expiresAt: 0 }), file)
      }
    }).pipe(Effect.catchIf(isAbsent, () => Effect.void))

  return {
    get: (key) =>
      Effect.gen(function* () {
        const entry = yield* read(pathOf(key, "token"))
        return entry === undefined || (yield* isOver(entry)) ? Option.none() : Option.some(Redacted.make(entry.value))
      }).pipe(attempt("get")),
    set: (key, value, timeToLive) =>
      entryOf(Redacted.value(value), timeToLive).pipe(
        Effect.flatMap(write),
        Effect.flatMap((part) =>
          Effect.tapError(fs.rename(part, pathOf(key, "token")), () => Effect.ignore(fs.remove(part)))
        ),
        attempt("set")
      ),
    removeIf: (key, value) => removeIf(pathOf(key, "token"), Redacted.value(value)).pipe(attempt("removeIf")),
    lease: (key, owner, timeToLive) => take(pathOf(key, "leases"), owner, timeToLive).pipe(attempt("lease")),
    release: (key, owner) => release(pathOf(key, "leases"), owner).pipe(attempt("release"))
  }
}
