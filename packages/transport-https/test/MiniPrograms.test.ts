import { collectGarbage } from "@effect-wechat/test-support/collectGarbage"
import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { MiniPrograms } from "@effect-wechat/transport-https"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { counts, list } from "./support.js"

const appIds = ["wx-a", "wx-b"] as const

const world = World.make({
  miniPrograms: [{ appid: "wx-a" }, { appid: "wx-b" }],
  plugins: appIds.map((appid) => ({ appid: `plugin-of-${appid}`, owner: appid })),
  applications: appIds.map((applicant) => ({ applicant, plugin: `plugin-of-${applicant}`, status: 2 }))
})

const overEmulator = (options: Partial<MiniPrograms.Options> = {}) =>
  Emulator.layerFrom(({ miniProgram, url }) =>
    MiniPrograms.layerFetch({
      appSecret: (appId) => Effect.map(miniProgram(appId), ({ appSecret }) => appSecret),
      baseUrl: url,
      ...options
    })
  ).pipe(Layer.provideMerge(Emulator.layer({ world })))

const listOf = (appId: string) =>
  list.pipe(
    Effect.map((plugins) => plugins.map(({ appid }) => appid)),
    Effect.provide(MiniPrograms.transport(appId))
  )

describe("MiniPrograms", () => {
  it.effect("calls for each with its own token, which is kept", () =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      const all = Effect.forEach([...appIds, ...appIds], listOf, { concurrency: "unbounded" })
      const expected = [...appIds, ...appIds].map((appId) => [`plugin-of-${appId}`])
      assert.deepStrictEqual(yield* all, expected)
      assert.deepStrictEqual(yield* all, expected)
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 8 })
      const used = (yield* journal).flatMap(({ credential }) => credential ?? [])
      assert.strictEqual(new Set(used.map(({ value }) => Redacted.value(value))).size, 2)
    }).pipe(Effect.provide(overEmulator()))
  )

  it.effect("renews the token of one, and leaves the others' alone", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* Effect.forEach(appIds, listOf)
      yield* emulator.fault(Fault.errcode(40001))
      yield* emulator.expireTokens()
      yield* listOf("wx-a")
      yield* listOf("wx-a")
      assert.deepStrictEqual(yield* counts, { token: 3, plugin: 5 })
    }).pipe(Effect.provide(overEmulator()))
  )

  it.effect("keeps one as long as it is in use, and forgets it when it has been idle", () =>
    Effect.gen(function* () {
      for (let minutes = 0; minutes < 90; minutes += 9) {
        yield* listOf("wx-a")
        yield* TestClock.adjust("9 minutes")
      }
      assert.strictEqual((yield* counts).token, 1)
      yield* TestClock.adjust("1 minutes")
      yield* listOf("wx-a")
      assert.strictEqual((yield* counts).token, 2)
    }).pipe(Effect.provide(overEmulator()))
  )

  it.effect("nothing of those that were idle stays, and all of the others does", () =>
    Effect.gen(function* () {
      const miniPrograms = yield* MiniPrograms.MiniPrograms
      const get = (appId: string) => Effect.scoped(miniPrograms.transport(appId))
      const idle = yield* get("wx-a")
      const used = yield* miniPrograms.transport("wx-b")
      yield* TestClock.adjust("10 minutes")
      assert.notStrictEqual(yield* get("wx-a"), idle)
      assert.strictEqual(yield* get("wx-b"), used)
    }).pipe(Effect.scoped, Effect.provide(overEmulator()))
  )

  it.effect("those that were idle leave the memory, although nobody asks for them again", () =>
    Effect.gen(function* () {
      const miniPrograms = yield* MiniPrograms.MiniPrograms
      const get = (appId: string) =>
        Effect.map(Effect.scoped(miniPrograms.transport(appId)), (made) => new WeakRef(made))
      const idle = yield* get("wx-a")
      yield* TestClock.adjust("9 minutes")
      yield* get("wx-b")
      yield* Effect.promise(collectGarbage)
      assert.isDefined(idle.deref())
      yield* TestClock.adjust("1 minutes")
      yield* get("wx-b")
      yield* Effect.promise(collectGarbage)
      assert.isUndefined(idle.deref())
    }).pipe(Effect.provide(overEmulator()))
  )

  it.effect("a TokenStore keeps the tokens of those that were idle", () =>
    Effect.gen(function* () {
      yield* listOf("wx-a")
      yield* TestClock.adjust("1 minute")
      yield* listOf("wx-a")
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 2 })
      assert.deepStrictEqual(yield* listOf("wx-b"), ["plugin-of-wx-b"])
    }).pipe(Effect.provide(overEmulator({ idleTimeToLive: "30 seconds" }).pipe(Layer.provide(TokenStore.layerMemory))))
  )

  it.effect("what the first caller happens to have is not everybody's", () =>
    Effect.gen(function* () {
      const store = yield* TokenStore.TokenStore
      yield* listOf("wx-a")
      assert.isTrue(Option.isNone(yield* store.get("wx-a:stable")))
    }).pipe(Effect.provide(TokenStore.layerMemory), Effect.provide(overEmulator()))
  )

  it.effect("the interruption of the first caller does not touch the others", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const first = yield* Effect.fork(listOf("wx-a"))
      yield* emulator.awaitRequest("token")
      const second = yield* Effect.fork(listOf("wx-a"))
      yield* Fiber.interrupt(first)
      yield* emulator.release
      assert.isNotEmpty(yield* Fiber.join(second))
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 1 })
    }).pipe(Effect.provide(overEmulator()))
  )

  it.effect("a secret that cannot be found is a typed error that names the app, for as long as it cannot", () => {
    const known = new Set<string>(["wx-b"])
    const appSecret = (appId: string) =>
      known.has(appId)
        ? Effect.map(Emulator.Emulator, () => Redacted.make(`made-up-secret-of-${appId}`))
        : Effect.fail(new Error("s3cret is not there"))
    const layer = Emulator.layerFrom(({ url }) => MiniPrograms.layerFetch({ appSecret, baseUrl: url })).pipe(
      Layer.provideMerge(Emulator.layer({ world }))
    )
    return Effect.gen(function* () {
      const error = yield* Effect.flip(listOf("wx-a"))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
      assert.include(error.message, "the app secret of wx-a cannot be read")
      assert.notInclude(error.message, "s3cret")
      assert.isNotEmpty(yield* listOf("wx-b"))
      known.add("wx-a")
      assert.isNotEmpty(yield* listOf("wx-a"))
    }).pipe(Effect.provide(layer))
  })

  it.live(
    "10,000 of them at once: no token is another's",
    () =>
      Effect.gen(function* () {
        let tokens = 0
        const answer = ({ pathname, searchParams }: URL, body: string) => {
          if (pathname === "/cgi-bin/stable_token") {
            const { appid, secret } = JSON.parse(body) as Record<string, string>
            tokens += 1
            assert.strictEqual(secret, `secret-of-${appid}`)
            return { access_token: `token-of-${appid}`, expires_in: 7200 }
          }
          const appid = searchParams.get("access_token")!.replace("token-of-", "")
          return { plugin_list: [{ appid, status: 2, nickname: "", headimgurl: "" }] }
        }
        const fetch: typeof globalThis.fetch = (url, init) =>
          Promise.resolve(Response.json(answer(new URL(String(url)), String(init?.body))))
        const layer = MiniPrograms.layerFetch({
          appSecret: (appId) => Effect.succeed(Redacted.make(`secret-of-${appId}`))
        }).pipe(Layer.provide(Layer.succeed(FetchHttpClient.Fetch, fetch)))
        yield* Effect.gen(function* () {
          const miniPrograms = yield* MiniPrograms.MiniPrograms
          const many = Array.from({ length: 10_000 }, (_, i) => `wx${i}`)
          assert.deepStrictEqual(
            yield* Effect.forEach(many, listOf, { concurrency: 32 }),
            many.map((appId) => [appId])
          )
          const transports = Effect.forEach(many, (appId) => Effect.scoped(miniPrograms.transport(appId)))
          const kept = yield* transports
          assert.strictEqual(new Set(kept).size, many.length)
          assert.isTrue((yield* transports).every((transport, i) => transport === kept[i]))
          assert.strictEqual(tokens, 10_000)
        }).pipe(Effect.provide(layer))
      }),
    180_000
  )
})
