import * as FileTokenStore from "@effect-wechat/transport-https/FileTokenStore"
import { TokenStore } from "@effect-wechat/transport-https/TokenStore"
import { FileSystem } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Option, Redacted, TestClock } from "effect"

const hour = Duration.hours(1)

/** Two stores over one folder; what is given happens just before the first one's next rename of that file. */
const stores = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const directory = `${yield* fs.makeTempDirectoryScoped()}/tokens`
  let meanwhile: readonly [string, Effect.Effect<unknown>] | undefined
  const slow = FileSystem.FileSystem.of({
    ...fs,
    rename: (from, to) =>
      Effect.suspend(() => {
        const [file, happens] = meanwhile ?? ["", Effect.void]
        if (file === "" || !from.endsWith(file)) {
          return fs.rename(from, to)
        }
        meanwhile = undefined
        return Effect.zipRight(happens, fs.rename(from, to))
      })
  })
  const over = (fs: FileSystem.FileSystem) =>
    Effect.map(
      Layer.build(
        Layer.fresh(Layer.provide(FileTokenStore.layer({ directory }), Layer.succeed(FileSystem.FileSystem, fs)))
      ),
      Context.get(TokenStore)
    )
  return {
    one: yield* over(slow),
    two: yield* over(fs),
    before: (file: string, happens: Effect.Effect<unknown>) => {
      meanwhile = [file, happens]
    }
  }
})

it.scoped("a lease that another takes between look and rename stays that one's", () =>
  Effect.gen(function* () {
    const { before, one, two } = yield* stores
    yield* two.lease("wx1:stable", "gone", Duration.seconds(1))
    yield* TestClock.adjust("2 seconds")
    let taken: boolean | undefined
    const take = Effect.orDie(two.lease("wx1:stable", "two", hour))
    before(
      ".lease",
      Effect.map(take, (isTaken) => (taken = isTaken))
    )
    assert.isFalse(yield* one.lease("wx1:stable", "one", hour))
    assert.isTrue(taken)
    assert.isFalse(yield* one.lease("wx1:stable", "one", hour))
  }).pipe(Effect.provide(NodeFileSystem.layer))
)

it.scoped("what is not there is not moved: it may be another's new lease by then", () =>
  Effect.gen(function* () {
    const { before, one, two } = yield* stores
    let isMoved = false
    before(
      ".lease",
      Effect.sync(() => (isMoved = true))
    )
    assert.isTrue(yield* one.lease("wx1:stable", "one", hour))
    assert.isFalse(isMoved)
    assert.isFalse(yield* two.lease("wx1:stable", "two", hour))
  }).pipe(Effect.provide(NodeFileSystem.layer))
)

it.scoped("a token that another stores between look and rename stays", () =>
  Effect.gen(function* () {
    const { before, one, two } = yield* stores
    yield* two.set("wx1:stable", Redacted.make("rejected"), hour)
    before(".token", Effect.orDie(two.set("wx1:stable", Redacted.make("newer"), hour)))
    yield* one.removeIf("wx1:stable", Redacted.make("rejected"))
    assert.strictEqual(Redacted.value(Option.getOrThrow(yield* one.get("wx1:stable"))), "newer")
  }).pipe(Effect.provide(NodeFileSystem.layer))
)
