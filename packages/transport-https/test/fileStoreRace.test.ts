import * as FileTokenStore from "@effect-wechat/transport-https/FileTokenStore"
import { TokenStore } from "@effect-wechat/transport-https/TokenStore"
import { FileSystem } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Context, Deferred, Duration, Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"

const hour = Duration.hours(1)

type Step = "rename" | "link"

/** Makes stores over one folder; what is given to one of them happens just before its next step of that kind. */
const stores = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const directory = `${yield* fs.makeTempDirectoryScoped()}/tokens`
  return Effect.gen(function* () {
    const meanwhile = new Map<Step, Effect.Effect<unknown>>()
    const after =
      (step: Step) =>
      (from: string, to: string): ReturnType<FileSystem.FileSystem["rename"]> =>
        Effect.suspend(() => {
          const happens = meanwhile.get(step) ?? Effect.void
          meanwhile.delete(step)
          return Effect.zipRight(happens, fs[step](from, to))
        })
    const slow = FileSystem.FileSystem.of({ ...fs, rename: after("rename"), link: after("link") })
    const layer = Layer.provide(FileTokenStore.layer({ directory }), Layer.succeed(FileSystem.FileSystem, slow))
    const store = Context.get(yield* Layer.build(Layer.fresh(layer)), TokenStore)
    return {
      ...store,
      before: (step: Step, happens: Effect.Effect<unknown, unknown>) => {
        meanwhile.set(step, Effect.orDie(happens))
      }
    }
  })
})

const key = "wx1:stable"

/** Three stores, and a lease that has ended. */
const afterTheEnd = Effect.gen(function* () {
  const store = yield* stores
  const [one, two, three] = [yield* store, yield* store, yield* store]
  yield* one.lease(key, "gone", Duration.seconds(1))
  yield* TestClock.adjust("2 seconds")
  return { one, two, three }
})

it.scoped("a lease that has ended goes to one of three who take it at once", () =>
  Effect.gen(function* () {
    const { one, two, three } = yield* afterTheEnd
    const taken: Array<string> = []
    const take = (store: typeof one, owner: string) =>
      Effect.map(store.lease(key, owner, hour), (isTaken) => isTaken && taken.push(owner))
    two.before("link", take(three, "three"))
    one.before("link", take(two, "two"))
    yield* take(one, "one")
    assert.deepStrictEqual(taken, ["three"])
    for (const owner of ["one", "two"]) {
      assert.isFalse(yield* one.lease(key, owner, hour))
    }
    assert.isTrue(yield* one.lease(key, "three", hour))
  }).pipe(Effect.provide(NodeFileSystem.layer))
)

it.scoped("a lease that ended while it was extended is the next owner's", () =>
  Effect.gen(function* () {
    const { one, two } = yield* afterTheEnd
    assert.isTrue(yield* one.lease(key, "one", Duration.seconds(1)))
    let isTaken: boolean | undefined
    const take = Effect.map(two.lease(key, "two", hour), (taken) => (isTaken = taken))
    one.before("rename", Effect.zipRight(TestClock.adjust("2 seconds"), take))
    assert.isFalse(yield* one.lease(key, "one", hour))
    assert.isTrue(isTaken)
    assert.isTrue(yield* one.lease(key, "two", hour))
  }).pipe(Effect.provide(NodeFileSystem.layer))
)

it.scoped("a lease that was extended in its last moment is not taken", () =>
  Effect.gen(function* () {
    const { one, two } = yield* afterTheEnd
    assert.isTrue(yield* one.lease(key, "one", Duration.seconds(1)))
    const [hasSeenTheEnd, isExtended] = [yield* Deferred.make<void>(), yield* Deferred.make<boolean>()]
    two.before("link", Effect.zipRight(Deferred.succeed(hasSeenTheEnd, undefined), Deferred.await(isExtended)))
    const taking = yield* Deferred.make<Fiber.Fiber<boolean, unknown>>()
    // one has seen that it has not ended, and two sees that it has
    one.before(
      "rename",
      Effect.gen(function* () {
        yield* TestClock.adjust("2 seconds")
        yield* Deferred.succeed(taking, yield* Effect.forkDaemon(two.lease(key, "two", hour)))
        yield* Deferred.await(hasSeenTheEnd)
      })
    )
    yield* Deferred.complete(isExtended, Effect.orDie(one.lease(key, "one", hour)))
    assert.isTrue(yield* Deferred.await(isExtended))
    assert.isFalse(yield* Fiber.join(yield* Deferred.await(taking)))
    assert.isTrue(yield* one.lease(key, "one", hour))
  }).pipe(Effect.provide(NodeFileSystem.layer))
)

it.scoped("a token that another stores between look and rename stays", () =>
  Effect.gen(function* () {
    const store = yield* stores
    const [one, two] = [yield* store, yield* store]
    yield* two.set(key, Redacted.make("rejected"), hour)
    one.before("rename", two.set(key, Redacted.make("newer"), hour))
    yield* one.removeIf(key, Redacted.make("rejected"))
    assert.strictEqual(Redacted.value(Option.getOrThrow(yield* one.get(key))), "newer")
  }).pipe(Effect.provide(NodeFileSystem.layer))
)
