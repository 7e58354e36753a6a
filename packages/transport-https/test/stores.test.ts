import * as EncryptedTokenStore from "@effect-wechat/transport-https/EncryptedTokenStore"
import * as FileTokenStore from "@effect-wechat/transport-https/FileTokenStore"
import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { FileSystem } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import {
  Cause,
  Context,
  Duration,
  Effect,
  FastCheck as fc,
  Layer,
  Logger,
  Option,
  Redacted,
  Schedule,
  type Scope,
  TestClock,
  TestServices
} from "effect"
import { inspect } from "node:util"
import { collectGarbage } from "@effect-wechat/test-support/collectGarbage"
import { diskFull } from "./platform.js"
import { hasRedis, redisServer } from "@effect-wechat/test-support/redisServer"

const { TokenStore: Tag } = TokenStore
type Store = TokenStore.TokenStore.Service

const key = Redacted.make(Buffer.alloc(32, 7).toString("base64"))
const hour = Duration.hours(1)

/** Two that share what is stored, as two machines do. */
type Pair = Effect.Effect<readonly [Store, Store], unknown, Scope.Scope>

const build = <E>(layer: Layer.Layer<TokenStore.TokenStore, E>) =>
  Effect.map(Layer.build(Layer.fresh(layer)), Context.get(Tag))

const memory: Pair = Effect.map(build(TokenStore.layerMemory), (store) => [store, store] as const)

const file: Pair = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const directory = `${yield* fs.makeTempDirectoryScoped()}/tokens`
  const layer = Layer.provide(FileTokenStore.layer({ directory }), NodeFileSystem.layer)
  return [yield* build(layer), yield* build(layer)] as const
}).pipe(Effect.provide(NodeFileSystem.layer))

const redis: Pair = Effect.gen(function* () {
  const { url } = yield* redisServer
  const layer = RedisTokenStore.layer({ url: Redacted.make(url) })
  return [yield* build(layer), yield* build(layer)] as const
})

const encrypted = (pair: Pair): Pair =>
  Effect.flatMap(pair, ([one, two]) => {
    const over = (store: Store) => build(Layer.provide(EncryptedTokenStore.layer({ key }), Layer.succeed(Tag, store)))
    return Effect.all([over(one), over(two)])
  })

it.effect("a store in memory lets go of what nobody asks for any more", () =>
  Effect.gen(function* () {
    const store = yield* build(TokenStore.layerMemory)
    const setAndForget = Effect.suspend(() => {
      const token = Redacted.make("of an app that was used once")
      return Effect.as(store.set("wx1:stable", token, hour), new WeakRef(token))
    })
    const ofOnce = yield* setAndForget
    yield* store.set("wx2:stable", Redacted.make("of another"), Duration.hours(3))
    yield* TestClock.adjust("2 hours")
    yield* store.set("wx3:stable", Redacted.make("of a third"), hour)
    yield* Effect.promise(collectGarbage)
    assert.isUndefined(ofOnce.deref())
    assert.isTrue(Option.isSome(yield* store.get("wx2:stable")))
  }).pipe(Effect.scoped)
)

const suite = (name: string, pair: Pair, time: (duration: Duration.DurationInput) => Effect.Effect<void>) =>
  describe(name, () => {
    const test = (title: string, body: (one: Store, two: Store) => Effect.Effect<unknown, unknown, Scope.Scope>) =>
      it.scoped(title, () => Effect.flatMap(pair, ([one, two]) => body(one, two)))

    const value = (text: string) => Redacted.make(text)
    const read = (store: Store, name = "wx1:stable") =>
      Effect.map(store.get(name), (found) => Option.getOrUndefined(Option.map(found, Redacted.value)))

    test("gives back what was set, to everybody, by its key", (one, two) =>
      Effect.gen(function* () {
        assert.isUndefined(yield* read(one))
        yield* one.set("wx1:stable", value("a"), hour)
        yield* one.set("wx1:plain", value("b"), hour)
        yield* one.set("wx1:stable", value("c"), hour)
        assert.deepStrictEqual([yield* read(two), yield* read(two, "wx1:plain")], ["c", "b"])
      }))

    test("takes any key and any text", (one, two) =>
      Effect.promise(() =>
        fc.assert(
          fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), fc.string({ unit: "binary" }), (name, text) =>
            Effect.runPromise(
              Effect.gen(function* () {
                yield* one.set(`k${name}`, value(text), hour)
                assert.strictEqual(yield* read(two, `k${name}`), text)
              })
            )
          ),
          { numRuns: 50 }
        )
      ))

    test("forgets a value when its time is over", (one, two) =>
      Effect.gen(function* () {
        yield* one.set("wx1:stable", value("a"), Duration.millis(300))
        assert.strictEqual(yield* read(two), "a")
        yield* time("301 millis")
        assert.isUndefined(yield* read(two))
      }))

    test("removes a value only while it is that one", (one, two) =>
      Effect.gen(function* () {
        yield* one.set("wx1:stable", value("newer"), hour)
        yield* two.removeIf("wx1:stable", value("older"))
        assert.strictEqual(yield* read(one), "newer")
        yield* two.removeIf("wx1:stable", value("newer"))
        assert.isUndefined(yield* read(one))
        yield* two.removeIf("wx1:stable", value("newer"))
      }))

    test("gives a lease to one, who may extend it, until it is released", (one, two) =>
      Effect.gen(function* () {
        assert.isTrue(yield* one.lease("wx1:stable", "a", hour))
        assert.isFalse(yield* two.lease("wx1:stable", "b", hour))
        assert.isFalse(yield* one.lease("wx1:stable", "b", hour))
        assert.isTrue(yield* two.lease("wx1:stable", "a", hour))
        assert.isTrue(yield* two.lease("wx2:stable", "b", hour))
        yield* two.release("wx1:stable", "b")
        assert.isFalse(yield* two.lease("wx1:stable", "b", hour))
        yield* one.release("wx1:stable", "a")
        assert.isTrue(yield* two.lease("wx1:stable", "b", hour))
      }))

    test("gives a lease to one of many who ask at once", (one, two) =>
      Effect.gen(function* () {
        const asked = Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? one : two).lease("wx1:stable", `${index}`, hour)
        )
        const taken = yield* Effect.all(asked, { concurrency: "unbounded" })
        assert.lengthOf(
          taken.filter((isTaken) => isTaken),
          1
        )
      }))

    test("ends a lease that is not extended, and not that of the next owner", (one, two) =>
      Effect.gen(function* () {
        assert.isTrue(yield* one.lease("wx1:stable", "a", Duration.millis(300)))
        yield* time("301 millis")
        assert.isTrue(yield* two.lease("wx1:stable", "b", hour))
        yield* one.release("wx1:stable", "a")
        assert.isFalse(yield* one.lease("wx1:stable", "a", hour))
      }))

    test("a lease that is extended lasts from then on", (one, two) =>
      Effect.gen(function* () {
        assert.isTrue(yield* one.lease("wx1:stable", "a", Duration.millis(300)))
        assert.isTrue(yield* one.lease("wx1:stable", "a", hour))
        yield* time("301 millis")
        assert.isFalse(yield* two.lease("wx1:stable", "b", hour))
      }))

    test("keeps a lease and a value of the same key apart", (one, two) =>
      Effect.gen(function* () {
        assert.isTrue(yield* one.lease("wx1:stable", "a", hour))
        yield* two.set("wx1:stable", value("a"), hour)
        assert.strictEqual(yield* read(one), "a")
        yield* two.removeIf("wx1:stable", value("a"))
        assert.isFalse(yield* two.lease("wx1:stable", "b", hour))
      }))
  })

const spaced = Schedule.spaced("50 millis")

// Redis has a clock of its own
const really = (duration: Duration.DurationInput) => TestServices.provideLive(Effect.sleep(duration))

suite("TokenStore.layerMemory", memory, TestClock.adjust)
suite("FileTokenStore.layer", file, TestClock.adjust)
suite("EncryptedTokenStore.layer over memory", encrypted(memory), TestClock.adjust)
suite("EncryptedTokenStore.layer over files", encrypted(file), TestClock.adjust)

describe.skipIf(!hasRedis)("with redis-server", () => {
  suite("RedisTokenStore.layer", redis, really)
  suite("EncryptedTokenStore.layer over Redis", encrypted(redis), really)

  it.scopedLive(
    "a Redis that is away fails at once, shows nothing of the command, and is used again when it is back",
    () =>
      Effect.gen(function* () {
        const server = yield* redisServer
        const store = yield* build(RedisTokenStore.layer({ url: Redacted.make(server.url) }))
        yield* store.set("wx1:stable", Redacted.make("s3cret"), hour)
        yield* server.stop
        for (const operation of [
          store.get("wx1:stable"),
          store.set("wx1:stable", Redacted.make("s3cret"), hour),
          store.removeIf("wx1:stable", Redacted.make("s3cret")),
          store.lease("wx1:stable", "a", hour),
          store.release("wx1:stable", "a")
        ] satisfies ReadonlyArray<Effect.Effect<unknown, TokenStore.TokenStoreError>>) {
          const error = yield* Effect.flip(operation as Effect.Effect<unknown, TokenStore.TokenStoreError>)
          assert.strictEqual(error._tag, "TokenStoreError")
          assert.notInclude(JSON.stringify(error) + error.message + String(error.stack), "s3cret")
        }
        yield* server.restart
        yield* Effect.retry(store.set("wx1:stable", Redacted.make("s3cret"), hour), { times: 100, schedule: spaced })
        assert.isTrue(Option.isSome(yield* store.get("wx1:stable")))
      })
  )

  it.scopedLive("a Redis that is away at the start does not keep the layer from being built", () =>
    Effect.gen(function* () {
      const server = yield* redisServer
      yield* server.stop
      const store = yield* build(RedisTokenStore.layer({ url: Redacted.make(server.url) }))
      assert.strictEqual((yield* Effect.flip(store.get("wx1:stable")))._tag, "TokenStoreError")
      yield* server.restart
      yield* Effect.retry(store.get("wx1:stable"), { times: 100, schedule: spaced })
    })
  )
})

it.effect.each([
  "http://:s3cret@x",
  "redis:s3cret",
  "redis://:s3cret@",
  "redis://:s3cret@[",
  "redis://:s3cret@127.0.0.1:99999",
  "redis://:s3cret%zz@127.0.0.1:6379"
])("%s, which is no url of Redis's, is a typed error that does not show it", (url) =>
  Effect.gen(function* () {
    const cause = yield* Effect.flip(
      Effect.sandbox(Effect.scoped(build(RedisTokenStore.layer({ url: Redacted.make(url) }))))
    )
    assert.deepInclude(
      { ...Option.getOrThrow(Cause.failureOption(cause)) },
      { _tag: "TokenStoreError", operation: "connect" }
    )
    assert.notInclude(Cause.pretty(cause) + inspect(cause, { depth: Infinity }) + JSON.stringify(cause), "s3cret")
  })
)

describe("a store of one's own", () => {
  /** Its methods live on the prototype and need `this`. */
  class ClassStore implements Store {
    private readonly values = new Map<string, Redacted.Redacted<string>>()
    get(key: string) {
      return Effect.succeed(Option.fromNullable(this.values.get(key)))
    }
    set(key: string, text: Redacted.Redacted<string>) {
      return Effect.sync(() => void this.values.set(key, text))
    }
    removeIf(key: string) {
      return Effect.sync(() => void this.values.delete(key))
    }
    lease(key: string, owner: string) {
      return Effect.succeed(this.values.get(key) === undefined && owner !== "")
    }
    release(key: string) {
      return Effect.sync(() => void this.values.delete(key))
    }
  }

  it.scoped("that is a class keeps its methods under encryption", () =>
    Effect.gen(function* () {
      const layer = Layer.provide(EncryptedTokenStore.layer({ key }), Layer.succeed(Tag, new ClassStore()))
      const store = yield* build(layer)
      assert.isTrue(yield* store.lease("wx1:stable", "a", hour))
      yield* store.set("wx1:stable", Redacted.make("text"), hour)
      assert.deepStrictEqual(Option.map(yield* store.get("wx1:stable"), Redacted.value), Option.some("text"))
      yield* store.release("wx1:stable", "a")
      assert.isTrue(Option.isNone(yield* store.get("wx1:stable")))
    })
  )

  it.scoped("that throws before it returns an Effect stops nobody", () =>
    Effect.gen(function* () {
      const broken = () => {
        throw new Error("s3cret")
      }
      const emulator = yield* Emulator.Emulator
      const layer = HttpsTransport.layerFetch({
        appId: emulator.appId,
        appSecret: emulator.appSecret,
        baseUrl: emulator.url
      }).pipe(
        Layer.provide(
          Layer.succeed(Tag, { get: broken, set: broken, removeIf: broken, lease: broken, release: broken })
        )
      )
      assert.isNotEmpty(yield* Effect.provide(PluginManager.getPluginList, layer))
    }).pipe(Effect.provide(Emulator.layer()), Effect.provide(Logger.remove(Logger.defaultLogger)))
  )
})

describe("FileTokenStore.layer", () => {
  const opened = (directory: string, fs?: Partial<FileSystem.FileSystem>) =>
    build(
      Layer.provide(
        FileTokenStore.layer({ directory }),
        Layer.map(NodeFileSystem.layer, (context) =>
          Context.make(FileSystem.FileSystem, { ...Context.get(context, FileSystem.FileSystem), ...fs })
        )
      )
    )

  const folder = Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped())

  it.scoped("refuses a folder that others may write to, and says what to do", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* folder
      for (const mode of [0o777, 0o770, 0o702]) {
        yield* fs.chmod(directory, mode)
        const error = yield* Effect.flip(opened(directory))
        assert.include(String(error), "chmod 700")
      }
      yield* fs.chmod(directory, 0o755)
      yield* opened(directory)
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )

  it.scoped("leaves no half-written file on a full disk", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* folder
      const store = yield* opened(directory, {
        writeFileString: (file, text) =>
          Effect.zipRight(fs.writeFileString(file, text.slice(0, 3)), Effect.fail(diskFull))
      })
      const error = yield* Effect.flip(store.set("wx1:stable", Redacted.make("text"), hour))
      assert.strictEqual(error._tag, "TokenStoreError")
      assert.deepStrictEqual(yield* fs.readDirectory(directory), [])
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )

  it.scoped("removes what a process that died has left behind, once it is old", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* folder
      yield* fs.writeFileString(`${directory}/old.part`, "x")
      yield* fs.writeFileString(`${directory}/new.part`, "x")
      const now = yield* TestServices.provideLive(Effect.clockWith((clock) => clock.currentTimeMillis))
      yield* TestClock.setTime(now)
      yield* fs.utimes(`${directory}/old.part`, now / 1000 - 120, now / 1000 - 120)
      yield* opened(directory)
      assert.deepStrictEqual(yield* fs.readDirectory(directory), ["new.part"])
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )
})
