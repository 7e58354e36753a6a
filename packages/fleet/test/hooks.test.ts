import { Emulator } from "@effect-wechat/emulator"
import { Fleet, SweepFeed, Sweep, SweepSchedule, SweepWebhook } from "@effect-wechat/fleet"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { FetchHttpClient } from "@effect/platform"
import { assert, it } from "@effect/vitest"
import { Chunk, Cron, DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { appIdOf, appsOf, fleet, sweep, temporaryFile, worldOf } from "./support.js"

it.scopedLive("a schedule starts a sweep at its moments, and the feed has what changed in between", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const everySecond = { name: "often", cron: Cron.unsafeParse("* * * * * *"), apps: appsOf(4) }
    const differences = yield* Effect.gen(function* () {
      const fleet = yield* Fleet.Fleet
      const first = yield* sweep("before", 4)
      const found = yield* Effect.fork(
        Stream.runCollect(Stream.take(SweepFeed.changes({ pollInterval: "20 millis", since: first.sweep.id }), 2))
      )
      yield* fleet.wait(
        yield* fleet.start({ key: "change", apps: appsOf(4), change: { kind: "apply", pluginAppid: "wxpay" } })
      )
      yield* Effect.forkScoped(Layer.launch(SweepSchedule.layer(everySecond)))
      const differences = yield* found
      const keys = (yield* Sweep.list).map(({ key }) => key).filter((key) => key.startsWith("often "))
      assert.isNotEmpty(keys)
      assert.strictEqual(new Set(keys).size, keys.length)
      for (const key of keys) {
        assert.match(key, /^often \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
      }
      return differences
    }).pipe(Effect.provide(fleet(yield* temporaryFile)))
    assert.deepStrictEqual<unknown>(
      Chunk.toReadonlyArray(differences),
      [0, 2].map((at) => ({ appId: appIdOf(at), pluginAppid: "wxpay", nickname: "支付", after: "applying" }))
    )
    assert.lengthOf((yield* emulator.world).applications, 6)
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(4) })))
)

it("the key of a moment is the same for every attempt", () => {
  const nightly = { name: "nightly", cron: Cron.unsafeParse("0 2 * * *", "UTC") }
  for (const now of ["2026-11-25T02:00:00.000Z", "2026-11-25T02:00:01.000Z", "2026-11-26T01:59:58.000Z"]) {
    assert.strictEqual(SweepSchedule.keyAt(nightly, DateTime.unsafeMake(now)), "nightly 2026-11-25T02:00:00.000Z")
  }
})

interface Received {
  readonly body: string
  readonly signature: string
  readonly delivery: string
}

/** A receiver that answers with these statuses, and with 204 afterwards. */
const receiver = (statuses: ReadonlyArray<number>) =>
  Effect.gen(function* () {
    const received: Array<Received> = []
    const { url } = yield* httpServer((request, response) => {
      let body = ""
      request.setEncoding("utf8").on("data", (text: string) => (body += text))
      request.on("end", () => {
        const headerOf = (name: string) => String(request.headers[name])
        received.push({
          body,
          signature: headerOf(SweepWebhook.signatureHeader),
          delivery: headerOf(SweepWebhook.deliveryHeader)
        })
        response.writeHead(statuses[received.length - 1] ?? 204).end()
      })
    })
    return { received, url: `${url}/hook?token=hush` }
  })

it.scopedLive("a webhook is signed, and repeated while its receiver is in trouble", () =>
  Effect.gen(function* () {
    const secret = Redacted.make("a shared key")
    const { received, url } = yield* receiver([503])
    const file = yield* temporaryFile
    const comparison = yield* Effect.gen(function* () {
      const before = (yield* sweep("before", 4)).sweep.id
      yield* sweep("change", 4, { change: { kind: "unbind", pluginAppid: "wxmap" } })
      const after = (yield* sweep("after", 4)).sweep.id
      yield* SweepWebhook.deliver({ before, after }, { url, secret })
      yield* SweepWebhook.deliver({ before: after, after }, { url, secret })
      return { before, after }
    }).pipe(Effect.provide(Layer.merge(fleet(file), FetchHttpClient.layer)))
    assert.lengthOf(received, 2)
    assert.strictEqual(received[0]!.body, received[1]!.body)
    assert.deepStrictEqual(
      received.map(({ delivery }) => delivery),
      ["1-3-1", "1-3-1"]
    )
    const { body, signature } = received[1]!
    assert.deepStrictEqual<unknown>(JSON.parse(body), {
      ...comparison,
      page: 1,
      differences: [0, 2].map((at) => ({
        appId: appIdOf(at),
        pluginAppid: "wxmap",
        nickname: "地图",
        before: "approved"
      }))
    })
    assert.isTrue(SweepWebhook.verify(secret, signature, body))
    assert.isTrue(SweepWebhook.verify("a shared key", signature, body))
    for (const [other, text, now] of [
      ["another key", body, undefined],
      ["a shared key", `${body} `, undefined],
      ["a shared key", body, Date.now() / 1000 + 3600]
    ] as const) {
      assert.isFalse(SweepWebhook.verify(Redacted.make(other), signature, text, now))
    }
    for (const nonsense of ["", "t=1,v1=00", `${signature}0`]) {
      assert.isFalse(SweepWebhook.verify(secret, nonsense, body))
    }
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(4) })))
)

it.scopedLive("a webhook that is refused fails at once, and its error has no secret", () =>
  Effect.gen(function* () {
    const { received, url } = yield* receiver([404])
    const error = yield* Effect.gen(function* () {
      yield* sweep("before", 2)
      yield* sweep("change", 2, { change: { kind: "unbind", pluginAppid: "wxmap" } })
      yield* sweep("after", 2)
      return yield* Effect.flip(SweepWebhook.run({ url, secret: "a shared key", since: 1, pollInterval: "20 millis" }))
    }).pipe(Effect.provide(Layer.merge(fleet(yield* temporaryFile), FetchHttpClient.layer)))
    assert.lengthOf(received, 1)
    assert.match(error.message, /^The webhook at 127\.0\.0\.1:\d+ answered 404\.$/)
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(2) })))
)
