import { Emulator, Fault } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport, MiniPrograms } from "@effect-wechat/transport-https"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { inTime } from "@effect-wechat/test-support/inTime"
import { assert, describe, it } from "@effect/vitest"
import { Config, Context, Duration, Effect, Either, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { key, machines, tokenRequests, withStore } from "./machines.js"
import { https, inWorld, list } from "./support.js"

const { TokenStore: Tag } = TokenStore

/** How a machine that died would have left the store. */
const stored = (value: string, more: object = {}) =>
  Redacted.make(JSON.stringify({ value, expiresAt: 99_999_999_999_999, lifetime: 7_200_000, ...more }))

describe("what the store has is checked before it is used", () => {
  const bad: ReadonlyArray<readonly [string, Redacted.Redacted<string>]> = [
    ["an empty token", stored("")],
    ["a token with a lone surrogate", stored("\ud800-token-token")],
    ["a token with blanks", stored("a token")],
    ["a token that never ends", stored("made-up-token")],
    ["a lifetime of nothing", stored("made-up-token", { lifetime: 0, expiresAt: 1000 })],
    ["times that are no numbers", stored("made-up-token", { expiresAt: "soon" })],
    ["no JSON", Redacted.make("{")]
  ]
  it.scoped.each(bad)("%s", ([, text]) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const store = yield* Tag
      yield* store.set(key(emulator), text, Duration.hours(1))
      const [one, two] = yield* machines
      assert.isNotEmpty(yield* one)
      assert.isNotEmpty(yield* two)
      assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
    }).pipe(withStore())
  )

  it.scoped("41001 for a call with a token is a rejected token, replaced once", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* emulator.fault(Fault.errcode(41001, { on: "plugin" }))
      assert.isNotEmpty(yield* list)
    }).pipe(inWorld())
  )

  it.scoped("a credential that no URL can carry is a typed error, and no defect", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = AccessToken.layerCloudbase({ token: Effect.succeed(Redacted.make("\ud800")) })
      const transport = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide([token, HttpsTransport.layerFetchClient])
      )
      const error = yield* Effect.flip(Effect.provide(list, transport))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.scoped("the token of another host, or of another secret, is not used", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const other = yield* Effect.provide(Emulator.Emulator, yield* Layer.build(Emulator.layer()))
      yield* Effect.provide(list, https())
      const elsewhere = HttpsTransport.layerFetch({
        appId: emulator.appId,
        appSecret: emulator.appSecret,
        baseUrl: other.url
      })
      assert.isNotEmpty(yield* Effect.provide(list, elsewhere))
      assert.lengthOf(
        (yield* other.journal).filter(({ endpoint }) => endpoint === "token"),
        1
      )
      const wrong = https({ appSecret: Redacted.make("a-wrong-secret") } as object)
      assert.strictEqual((yield* Effect.flip(Effect.provide(list, wrong)))._tag, "InvalidAppSecret")
    }).pipe(withStore())
  )
})

describe("a lease holder that died", () => {
  it.scoped("keeps the others waiting for two seconds at most, and a living one as long as it takes", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      yield* Effect.all([one, two])
      yield* emulator.expireTokens({ stale: true })
      // the first of the two has the lease while WeChat is slow
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const before = (yield* tokenRequests).normal
      const calls = yield* Effect.fork(Effect.all([one, two], { concurrency: "unbounded" }))
      yield* emulator.awaitRequest("token", before + 1)
      for (let second = 0; second < 6; second++) {
        yield* inTime(Effect.sleep("1 seconds"))
      }
      assert.strictEqual((yield* tokenRequests).normal, before + 1)
      yield* emulator.release
      yield* inTime(Fiber.join(calls))
      assert.deepStrictEqual(yield* tokenRequests, { normal: before + 1, forced: 1 })
    }).pipe(withStore())
  )
})

describe("after a failure the token endpoint is left alone", () => {
  const requests = Effect.map(tokenRequests, ({ normal }) => normal)

  it.scoped("by all machines, for a time that grows with each refusal", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.errcode(40125, { on: "token", times: 1000 }))
      const [one, two] = yield* machines
      const both = inTime(Effect.all([Effect.flip(one), Effect.flip(two)], { concurrency: "unbounded" }))
      for (let second = 0; second < 600; second += 5) {
        for (const error of yield* both) {
          assert.deepInclude({ ...error }, { _tag: "InvalidAppSecret", errcode: 40125 })
        }
        yield* TestClock.adjust("5 seconds")
      }
      // two at once at first, then 5, 10, 20 … 300 seconds apart
      assert.isAtMost(yield* requests, 9)
      assert.isAtLeast(yield* requests, 5)
    }).pipe(withStore())
  )

  it.scoped("for a shorter time after a lost connection, and at once for new when it succeeds", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.reset({ on: "token", times: 2 }))
      for (const wait of ["1.6 seconds", "3.2 seconds"] as const) {
        assert.deepInclude({ ...(yield* Effect.flip(list)) }, { reason: "connection", isRetryable: true })
        const before = yield* requests
        yield* Effect.flip(list)
        assert.strictEqual(yield* requests, before, "the failure is remembered")
        yield* TestClock.adjust(wait)
      }
      assert.isNotEmpty(yield* list)
      yield* emulator.expireTokens()
      yield* emulator.fault(Fault.reset({ on: "token" }))
      yield* Effect.flip(list)
      yield* TestClock.adjust("1.6 seconds")
      assert.isNotEmpty(yield* list)
    }).pipe(inWorld())
  )

  it.scoped("a token that is still valid is used meanwhile, and none that has expired", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* emulator.fault(Fault.reset({ on: "token", times: 100 }))
      yield* TestClock.adjust("118 minutes")
      assert.isNotEmpty(yield* list)
      yield* emulator.awaitRequest("token", 2)
      for (let at = 0; at < 20; at++) {
        yield* TestClock.adjust("10 seconds")
        const used = yield* Effect.either(list)
        // the emulator rejects an expired token, and then there is no other
        assert.isTrue(Either.isRight(used) || used.left._tag === "WechatTransportError")
      }
      const errcodes = (yield* emulator.journal).map(({ reply }) => reply?.errcode)
      assert.notInclude(errcodes, 42001)
    }).pipe(inWorld())
  )
})

describe("forced renewals", () => {
  it.scoped("are counted for all machines: two deaths within 30 seconds force once", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      const [three, four] = yield* machines
      const all = [one, two, three, four]
      yield* Effect.all(all)
      yield* emulator.expireTokens({ stale: true })
      yield* inTime(Effect.all(all, { concurrency: "unbounded" }))
      assert.strictEqual((yield* tokenRequests).forced, 1)
      yield* TestClock.adjust("3 seconds")
      yield* emulator.expireTokens({ stale: true })
      for (let second = 0; second < 14; second++) {
        yield* inTime(Effect.all(all.map(Effect.either), { concurrency: "unbounded" }))
        yield* TestClock.adjust("1 seconds")
      }
      const { forced, normal } = yield* tokenRequests
      assert.strictEqual(forced, 1)
      assert.isAtMost(normal, 16)
      yield* TestClock.adjust("30 seconds")
      yield* inTime(Effect.all(all, { concurrency: "unbounded" }))
      assert.strictEqual((yield* tokenRequests).forced, 2)
    }).pipe(withStore())
  )

  it.scoped("are counted beyond the time that a mini program is idle", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const miniPrograms = MiniPrograms.layerFetch({
        appSecret: () => Effect.succeed(emulator.appSecret),
        baseUrl: emulator.url,
        idleTimeToLive: "1 seconds"
      })
      const one = Effect.provide(list, MiniPrograms.transport(emulator.appId))
      yield* Effect.gen(function* () {
        yield* one
        for (let death = 0; death < 22; death++) {
          yield* emulator.expireTokens({ stale: true })
          yield* Effect.either(one)
          yield* TestClock.adjust("31 minutes")
        }
      }).pipe(Effect.provide(miniPrograms))
      assert.strictEqual((yield* tokenRequests).forced, 20)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

it.scoped("a late rejection of an old token, during the renewal of the next, does not bring that one back", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const store = yield* Tag
    const context = yield* Layer.build(
      AccessToken.layerStable({
        appId: emulator.appId,
        appSecret: emulator.appSecret,
        baseUrl: emulator.url
      }).pipe(Layer.provide(HttpsTransport.layerFetchClient))
    )
    const tokens = Context.get(context, AccessToken.AccessToken)
    const first = yield* tokens.get
    yield* emulator.expireTokens()
    yield* tokens.invalidate(first)
    const second = yield* tokens.get
    yield* emulator.expireTokens()
    // the second is rejected; while its successor is on the way, the first is rejected once more
    const before = yield* store.get(key(emulator))
    yield* tokens.invalidate(second)
    yield* tokens.invalidate(first)
    yield* store.set(key(emulator), Option.getOrThrow(before), Duration.hours(2))
    const third = yield* tokens.get
    assert.notStrictEqual(Redacted.value(third.value), Redacted.value(second.value))
    assert.notStrictEqual(Redacted.value(third.value), Redacted.value(first.value))
  }).pipe(withStore())
)

it.scoped("a token request carries nothing of the call that happened to need it", () =>
  Effect.gen(function* () {
    const store = yield* Tag
    const seen: Array<unknown> = []
    const spying = Layer.succeed(Tag, {
      ...store,
      set: (...words) =>
        Effect.flatMap(Effect.zip(Effect.logAnnotations, Effect.option(Effect.currentSpan)), ([annotations, span]) => {
          seen.push([...annotations], Option.isSome(span))
          return store.set(...words)
        })
    })
    yield* list.pipe(
      Effect.annotateLogs("order", "4711"),
      Effect.withSpan("checkout"),
      Effect.provide(Layer.provide(https(), spying))
    )
    assert.deepStrictEqual(seen, [[], false])
  }).pipe(withStore())
)

describe("a callback of the user's", () => {
  it.scoped.each<readonly [string, () => Effect.Effect<Redacted.Redacted<string>, unknown>]>([
    ["fails", () => Effect.fail(new Error("s3cret"))],
    ["dies", () => Effect.die(new Error("s3cret"))],
    [
      "throws",
      () => {
        throw new Error("s3cret")
      }
    ]
  ])("that %s is a typed error without its text", ([, appSecret]) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(Effect.provide(list, MiniPrograms.transport("wx1")))
      assert.notInclude(String(exit) + JSON.stringify(exit), "s3cret")
      assert.include(JSON.stringify(exit), "the app secret of wx1 cannot be read")
      assert.include(JSON.stringify(exit), "WechatTransportError")
    }).pipe(Effect.provide(MiniPrograms.layerFetch({ appSecret })))
  )

  it.scoped("names the variable that is not set", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.provide(list, MiniPrograms.transport("wx1")))
      assert.include(error.message, "WECHAT_wx1_SECRET is not set")
    }).pipe(
      Effect.provide(MiniPrograms.layerFetch({ appSecret: (appId) => Config.redacted(`WECHAT_${appId}_SECRET`) }))
    )
  )
})
