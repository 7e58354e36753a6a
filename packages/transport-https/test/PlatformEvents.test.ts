import { readFileSync } from "node:fs"
import { Emulator, World } from "@effect-wechat/emulator"
import { Authorizers, MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import * as PlatformEvents from "@effect-wechat/transport-https/PlatformEvents"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { HttpServerRequest } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Duration, Effect, Fiber, Layer, Option, Redacted, Stream, TestClock } from "effect"
import { fieldsOf } from "../src/internal/events/xml.js"
import { receive } from "../src/internal/events/receive.js"
import { importKey } from "../src/internal/events/sealed.js"
import { answer, push, receiver, requestOf, type Seal, signed } from "./pushes.js"
import { list } from "./support.js"

const world = World.make({
  miniPrograms: [{ appid: "wx-a" }, { appid: "wx-b" }],
  components: [{ appid: "wx-platform" }]
})
const component = world.components[0]!

/** in seconds */
const now = 3600

const seal = (change: Partial<Seal>): Seal => ({
  message: "<xml><InfoType>nothing</InfoType></xml>",
  appId: component.appid,
  key: Redacted.value(component.encodingAesKey),
  token: Redacted.value(component.pushToken),
  timestamp: now,
  ...change
})

const options = {
  componentAppId: component.appid,
  token: component.pushToken,
  encodingAesKey: component.encodingAesKey
}

/** The events, and the reasons for which pushes were refused. */
const build = (change: Partial<PlatformEvents.Options> = {}) =>
  Effect.gen(function* () {
    const refused: Array<PlatformEvents.PushRefused> = []
    const onRefused = (one: PlatformEvents.PushRefused) => Effect.sync(() => void refused.push(one))
    const context = yield* Layer.build(PlatformEvents.layer({ ...options, onRefused, ...change }))
    return { refused, ...(yield* Effect.provide(PlatformEvents.PlatformEvents, context)) }
  })

const inWorld = Effect.provide(Layer.merge(Emulator.layer({ world }), TokenStore.layerMemory))
const inMemory = Effect.provide(TokenStore.layerMemory)

describe("PlatformEvents", () => {
  it.scoped(
    "keeps the ticket that is pushed, with which the platform calls WeChat, from an authorization to its end",
    () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { app, events } = yield* build()
        const { url } = yield* receiver(app)
        const read = yield* Effect.fork(Stream.runCollect(Stream.take(events, 1)))
        const platform = ThirdPartyMiniPrograms.layerFetch({
          componentAppId: component.appid,
          componentAppSecret: component.appSecret,
          baseUrl: emulator.url,
          verifyTicket: PlatformEvents.verifyTicket(component.appid),
          refreshToken: () =>
            Effect.map(emulator.world, ({ components }) => components[0]!.authorizations[0]!.refreshToken),
          onRefreshToken: () => Effect.void
        })
        const missing = yield* Effect.flip(PlatformEvents.verifyTicket(component.appid))
        assert.include(missing.message, "api_start_push_ticket")
        for (let nth = 1; nth <= 2; nth++) {
          const reply = yield* emulator.push({ event: "component_verify_ticket", url })
          assert.deepStrictEqual(reply, { status: 200, text: "success" })
          const { verifyTicket } = (yield* emulator.world).components[0]!
          const kept = yield* PlatformEvents.verifyTicket(component.appid)
          assert.strictEqual(Redacted.value(kept), Redacted.value(verifyTicket))
        }
        assert.deepStrictEqual(yield* emulator.push({ event: "authorized", appid: "wx-a", url }), {
          status: 200,
          text: "success"
        })
        const plugins = list.pipe(Effect.provide(MiniPrograms.transport("wx-a")), Effect.provide(platform))
        assert.deepStrictEqual(yield* plugins, [])
        assert.deepInclude([...(yield* Fiber.join(read))][0], { kind: "authorized", appId: "wx-a", createdAt: 0 })
        const authorizers = Effect.map(Stream.runCollect(Authorizers.all), (all) => [...all]).pipe(
          Effect.provide(platform)
        )
        assert.deepStrictEqual(
          (yield* authorizers).map(({ appId, authorizedAt }) => [appId, authorizedAt]),
          [["wx-a", 0]]
        )
        yield* emulator.push({ event: "unauthorized", appid: "wx-a", url })
        assert.deepStrictEqual(yield* authorizers, [])
        assert.strictEqual((yield* Effect.flip(plugins))._tag, "ComponentNotAuthorized")
        yield* TestClock.adjust("12 hours")
        assert.strictEqual(
          (yield* Effect.flip(PlatformEvents.verifyTicket(component.appid)))._tag,
          "VerifyTicketMissing"
        )
      }).pipe(inWorld)
  )

  it.scoped("gives who authorizes and who leaves, to all who read", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { app, events } = yield* build()
      const { url } = yield* receiver(app)
      const reading = yield* Effect.forEach([1, 2], () => Effect.fork(Stream.runCollect(Stream.take(events, 3))))
      yield* emulator.push({ event: "authorized", appid: "wx-a", url })
      yield* TestClock.adjust("1 minute")
      yield* emulator.push({ event: "updateauthorized", appid: "wx-a", permissionSets: [18, 40], url })
      yield* emulator.push({ event: "unauthorized", appid: "wx-a", url })
      for (const read of reading) {
        const all = [...(yield* Fiber.join(read))]
        assert.deepStrictEqual(
          all.map(({ appId, createdAt, kind }) => [kind, appId, createdAt]),
          [
            ["authorized", "wx-a", 0],
            ["updateauthorized", "wx-a", 60_000],
            ["unauthorized", "wx-a", 60_000]
          ]
        )
        assert.match(all.map((event) => JSON.stringify(event)).join(), /authorizationCode":"<redacted>/)
      }
    }).pipe(inWorld)
  )

  const attacks: ReadonlyArray<readonly [string, () => Request, PlatformEvents.PushRefused["reason"], number]> = [
    ["a GET", () => requestOf(push(seal({})), "GET"), "method", 405],
    [
      "no signature",
      () => new Request("http://127.0.0.1/events", { method: "POST", body: "<xml/>" }),
      "malformed",
      400
    ],
    ["a wrong token", () => requestOf(push(seal({ token: "wrong-s3cret" }))), "forged", 403],
    [
      "a signature of another length",
      () => requestOf({ ...push(seal({})), url: push(seal({})).url.slice(0, -1) }),
      "forged",
      403
    ],
    ["another platform's push", () => requestOf(push(seal({ appId: "wx-other" }))), "forged", 403],
    ["a push of five minutes ago", () => requestOf(push(seal({ timestamp: now - 301 }))), "stale", 403],
    ["a push of the future", () => requestOf(push(seal({ timestamp: now + 301 }))), "stale", 403],
    ["another key", () => requestOf(push(seal({ key: "a".repeat(43) }))), "undecryptable", 400],
    ["a broken block", () => requestOf(signed("AAAA", seal({}).token, String(now))), "undecryptable", 400],
    ["no base64", () => requestOf(signed("?", seal({}).token, String(now))), "undecryptable", 400],
    ["a plain body", () => requestOf({ ...push(seal({})), body: "<xml><AppId>wx</AppId></xml>" }), "malformed", 400],
    ["JSON", () => requestOf({ ...push(seal({})), body: "{}" }), "malformed", 400],
    [
      "entities",
      () => requestOf({ ...push(seal({})), body: `<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>` }),
      "malformed",
      400
    ],
    ["an open tag inside", () => requestOf(push(seal({ message: "<xml>" }))), "malformed", 400],
    [
      "a ticket without a ticket",
      () => requestOf(push(seal({ message: "<xml><InfoType>component_verify_ticket</InfoType></xml>" }))),
      "malformed",
      400
    ],
    [
      "an event of nobody",
      () => requestOf(push(seal({ message: "<xml><InfoType>authorized</InfoType></xml>" }))),
      "malformed",
      400
    ],
    [
      "65 KiB",
      () => requestOf({ ...push(seal({})), body: `<xml><Encrypt>${"x".repeat(65 * 1024)}</Encrypt></xml>` }),
      "oversized",
      413
    ]
  ]
  it.scoped.each(attacks)("refuses %s", ([, make, reason, status]) =>
    Effect.gen(function* () {
      const { app, refused } = yield* build()
      yield* TestClock.setTime(now * 1000)
      assert.deepStrictEqual(yield* answer(app, make()), { status, text: reason })
      assert.deepStrictEqual(
        refused.map((one) => [one._tag, one.reason, one.status]),
        [["PushRefused", reason, status]]
      )
      const shown = JSON.stringify(refused) + refused[0]!.message
      assert.notInclude(shown, "s3cret")
      assert.notInclude(shown, seal({}).token)
    }).pipe(inMemory)
  )

  it.scoped("takes a push once, on any machine, and answers its repetition", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const first = yield* build()
      const second = yield* build()
      const { arrived, url } = yield* receiver(first.app)
      const read = yield* Effect.fork(Stream.runCollect(Stream.take(second.events, 1)))
      yield* emulator.push({ event: "authorized", appid: "wx-a", url })
      for (const { app } of [first, second]) {
        assert.deepStrictEqual(yield* answer(app, requestOf(arrived[0]!)), { status: 200, text: "success" })
      }
      assert.deepStrictEqual(
        [...first.refused, ...second.refused].map(({ reason }) => reason),
        ["replayed", "replayed"]
      )
      assert.isNull(read.unsafePoll())
      yield* TestClock.adjust("11 minutes")
      assert.strictEqual((yield* answer(first.app, requestOf(arrived[0]!))).status, 403)
      assert.strictEqual(first.refused.at(-1)?.reason, "stale")
    }).pipe(inWorld)
  )

  it.scoped("asks WeChat to repeat what the store does not take, and takes it then", () =>
    Effect.gen(function* () {
      const memory = yield* TokenStore.TokenStore
      let isDown = true
      const store: TokenStore.TokenStore.Service = {
        ...memory,
        set: (...args) =>
          isDown
            ? Effect.fail(new TokenStore.TokenStoreError({ operation: "set", description: "no answer" }))
            : memory.set(...args)
      }
      const { app, refused } = yield* Effect.provideService(build(), TokenStore.TokenStore, store)
      yield* TestClock.setTime(now * 1000)
      const message =
        "<xml><InfoType>component_verify_ticket</InfoType><ComponentVerifyTicket>t1</ComponentVerifyTicket></xml>"
      const sent = push(seal({ message }))
      assert.deepStrictEqual(yield* answer(app, requestOf(sent)), { status: 503, text: "unavailable" })
      assert.strictEqual(refused[0]?.reason, "unavailable")
      isDown = false
      assert.deepStrictEqual(yield* answer(app, requestOf(sent)), { status: 200, text: "success" })
      assert.strictEqual(Redacted.value(yield* PlatformEvents.verifyTicket(component.appid)), "t1")
    }).pipe(inMemory)
  )

  it.scoped("takes a push with the key before while WeChat changes keys, and what is no concern of it", () =>
    Effect.gen(function* () {
      const { app, refused } = yield* build({
        encodingAesKey: Redacted.make("b".repeat(43)),
        previousEncodingAesKey: component.encodingAesKey
      })
      yield* TestClock.setTime(now * 1000)
      for (const key of [seal({}).key, "b".repeat(43)]) {
        assert.strictEqual((yield* answer(app, requestOf(push(seal({ key }))))).text, "success")
      }
      assert.deepStrictEqual(refused, [])
    }).pipe(inMemory)
  )

  it.effect("takes its options from Config, and refuses wrong ones", () =>
    Effect.gen(function* () {
      const layer = PlatformEvents.layerConfig({
        componentAppId: Config.string("APPID"),
        token: Config.redacted("TOKEN"),
        encodingAesKey: Config.redacted("KEY")
      })
      const variables = (KEY: string) =>
        ConfigProvider.fromMap(new Map(Object.entries({ APPID: "wx", TOKEN: "t", KEY })))
      const built = (key: string) =>
        Effect.scoped(Layer.build(layer)).pipe(Effect.withConfigProvider(variables(key)), Effect.option)
      assert.isTrue(Option.isSome(yield* built("a".repeat(43))))
      assert.isTrue(Option.isNone(yield* built("a".repeat(42))))
      for (const [change, option] of [
        [{ encodingAesKey: Redacted.make("s3cret") }, "encodingAesKey"],
        [{ previousEncodingAesKey: Redacted.make("s3cret") }, "previousEncodingAesKey"],
        [{ token: Redacted.make("") }, "token"],
        [{ maxAge: 0 }, "maxAge"]
      ] as const) {
        const error = yield* Effect.flip(Effect.scoped(build(change)))
        assert.strictEqual(error.option, option)
        assert.notInclude(error.message, "s3cret")
      }
    }).pipe(inMemory)
  )

  it.effect("opens the published sample", () =>
    Effect.gen(function* () {
      const sample = JSON.parse(readFileSync(new URL("fixtures/push.json", import.meta.url), "utf8")) as Readonly<
        Record<string, string>
      >
      const { appId, encodingAesKey, encrypted, nonce, signature, timestamp, token } = sample
      yield* TestClock.setTime(Number(timestamp) * 1000)
      const made = signed(encrypted!, token!, timestamp!, nonce)
      assert.strictEqual(new URL(made.url).searchParams.get("msg_signature"), signature)
      const { fields } = yield* receive(
        {
          componentAppId: appId!,
          token: Redacted.make(token!),
          keys: [yield* importKey("encodingAesKey", Redacted.make(encodingAesKey!))],
          maxAge: Duration.minutes(5)
        },
        HttpServerRequest.fromWeb(requestOf(made))
      )
      assert.strictEqual(fields.get("Content"), "test")
      assert.strictEqual(fields.get("CreateTime"), "1411525903")
    })
  )

  it("reads XML without entities and numbers", () => {
    assert.deepStrictEqual(
      [...fieldsOf(`<xml><N>007</N><E>&amp;&x;</E><O><I>1</I></O></xml>`)!],
      [
        ["N", "007"],
        ["E", "&amp;&x;"]
      ]
    )
    for (const text of ["<xml><A><![CDATA[<!DOCTYPE]]></A></xml>", "", "x", "<xml>", "<a/>", "<xml><A></xml>"]) {
      assert.isUndefined(fieldsOf(text), text)
    }
  })
})
