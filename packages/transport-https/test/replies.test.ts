import { Emulator, Fault } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient, HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, Fiber, Layer, Logger, LogLevel, Redacted, TestClock } from "effect"
import { inWorld, list } from "./support.js"

describe("what comes back over HTTPS", () => {
  it.effect("counts a reply's bytes while they come", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.body(" ".repeat(1_000) + '{"errcode":0,"plugin_list":[]}'))
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "size", isRetryable: false })
      assert.include(error.message, "more than 1000 bytes")
      yield* emulator.fault(Fault.body(" ".repeat(970) + '{"errcode":0,"plugin_list":[]}'))
      assert.deepStrictEqual(yield* list, [])
    }).pipe(inWorld({ maxBodySize: 1_000 }))
  )

  it.effect("takes 8 MiB and not a byte more by default, whether the declared length is to be trusted or not", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const json = '{"errcode":0,"plugin_list":[]}'
      const sized = (size: number) => " ".repeat(size - json.length) + json
      const limit = 8 * 1024 * 1024
      for (const headers of [{}, { "content-encoding": "identity" }]) {
        yield* emulator.fault(Fault.raw({ headers, body: sized(limit) }))
        assert.deepStrictEqual(yield* list, [])
        yield* emulator.fault(Fault.raw({ headers, body: sized(limit + 1) }))
        assert.deepInclude({ ...(yield* Effect.flip(list)) }, { _tag: "WechatTransportError", reason: "size" })
      }
    }).pipe(inWorld())
  )

  it.effect("refuses what is no reply: 204, a deeply nested one, one that never closes its string", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [fault, tag] of [
        [Fault.raw({ status: 204 }), "body"],
        [Fault.body(`{"errcode":0,"plugin_list":${"[".repeat(20_000)}${"]".repeat(20_000)}}`), "WechatDecodeError"],
        [Fault.body(`{"errcode":0,"a\u0000":"${'\\"'.repeat(500_000)}`), "body"],
        [Fault.body(`{"errcode":0,"plugin_list":[],"a":"\u0000${'\\"'.repeat(500_000)}"}`), undefined]
      ] as const) {
        yield* emulator.fault(fault)
        const result = yield* Effect.either(list)
        const failure = Either.isLeft(result) ? result.left : undefined
        assert.strictEqual(failure !== undefined && "reason" in failure ? failure.reason : failure?._tag, tag)
      }
    }).pipe(inWorld())
  )

  it.effect("says what a proxy's status means for a repetition", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [status, isRetryable] of [
        [400, false],
        [404, false],
        [413, false],
        [408, true],
        [429, true],
        [500, true],
        [503, true]
      ] as const) {
        yield* emulator.fault(Fault.raw({ status, headers: { "content-type": "text/\u00e9html" }, body: "no" }))
        const error = yield* Effect.flip(list)
        assert.deepInclude(
          { ...error },
          { _tag: "WechatTransportError", reason: "status", isRetryable },
          String(status)
        )
        assert.include(error.message, `HTTP ${status}, content-type text/html`)
      }
    }).pipe(inWorld())
  )

  it.effect("reads the reply of a client that fails on a status", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { appId, appSecret, url } = emulator
      const strict = Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.filterStatusOk))
      yield* emulator.fault(Fault.raw({ status: 412, body: '{"errcode":89236,"errmsg":"no"}' }))
      const error = yield* Effect.flip(list).pipe(
        Effect.provide(
          HttpsTransport.layer({ appId, appSecret, baseUrl: url }).pipe(
            Layer.provide(strict),
            Layer.provide(FetchHttpClient.layer)
          )
        )
      )
      assert.strictEqual(error._tag, "PluginApplicationsClosed")
    }).pipe(inWorld())
  )

  it.effect("takes a token out of a reply that has it escaped", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = "abc/def+0123456789ghi=="
      const layer = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make(token) }), FetchHttpClient.layer])
      )
      for (const echo of [token, token.replaceAll("/", "\\/"), encodeURIComponent(token)]) {
        yield* emulator.fault(Fault.body(`{"errcode":41001,"errmsg":"got ${echo}"}`))
        const { message } = yield* Effect.flip(list).pipe(Effect.provide(layer))
        assert.include(message, "got <redacted>")
        yield* emulator.fault(Fault.body(`{"errcode":0,"plugin_list":["${echo}"]}`))
        assert.notInclude((yield* Effect.flip(list).pipe(Effect.provide(layer))).message, "0123456789")
      }
    }).pipe(inWorld())
  )

  it.effect("takes the token of the first request out of the reply to its repetition", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = Redacted.value(yield* emulator.issueToken)
      yield* emulator.fault(Fault.body(`{"errcode":40001,"errmsg":"got ${token}"}`, { times: 2 }))
      const { message } = yield* Effect.flip(list)
      assert.include(message, "got <redacted>")
      assert.lengthOf(
        (yield* emulator.journal).filter(({ endpoint }) => endpoint === "plugin"),
        2
      )
    }).pipe(inWorld())
  )

  it.effect("a reply too deep to take the token out of is refused, whichever way it came", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = Redacted.value(yield* emulator.issueToken)
      const deep = `${"[".repeat(200_000)}"${token}"${"]".repeat(200_000)}`
      const overClient = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make(token) }), FetchHttpClient.layer])
      )
      for (const call of [list, Effect.provide(list, overClient)]) {
        yield* emulator.fault(Fault.body(deep))
        const error = yield* Effect.flip(call)
        assert.strictEqual(error._tag, "WechatDecodeError")
        assert.notInclude(error.message, token)
      }
    }).pipe(inWorld())
  )

  it.effect("a fetch that gives no bytes, or no reply at all, fails the call at once", () =>
    Effect.forEach(
      [
        () => new Response(new ReadableStream<unknown>({ start: (stream) => stream.enqueue("no bytes") }) as never),
        () => undefined
      ],
      (answer) =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(list)
          assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection" })
        }).pipe(
          Effect.provide(
            HttpsTransport.layerFetch({ appId: "wx1", appSecret: Redacted.make("secret") }).pipe(
              Layer.provide(Layer.succeed(FetchHttpClient.Fetch, () => Promise.resolve(answer() as Response)))
            )
          )
        )
    )
  )

  it.effect("a client of one's own that dies fails the call, and its defect is in no log", () =>
    Effect.gen(function* () {
      const logged: Array<string> = []
      const logger = Logger.map(Logger.logfmtLogger, (line) => void logged.push(line))
      const error = yield* Effect.flip(list).pipe(
        Effect.provide(
          HttpsTransport.layerAccessToken().pipe(
            Layer.provide(AccessToken.layerStatic({ accessToken: Redacted.make("76_a-secret-token") })),
            Layer.provide(
              Layer.succeed(
                HttpClient.HttpClient,
                HttpClient.make((_, url) => Effect.die(`no way to ${url.href}`))
              )
            )
          )
        ),
        Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
        Logger.withMinimumLogLevel(LogLevel.All)
      )
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection" })
      assert.notInclude(logged.join("\n"), "76_a-secret-token")
    })
  )

  it.effect("a short credential garbles no reply", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const layer = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make("list") }), FetchHttpClient.layer])
      )
      yield* emulator.fault(Fault.body('{"errcode":0,"plugin_list":[]}'))
      assert.deepStrictEqual(yield* Effect.provide(list, layer), [])
    }).pipe(inWorld())
  )

  it.effect("reads a reply that comes in drips, characters cut in the middle", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const expected = yield* list
      yield* emulator.fault(Fault.drip({ size: 7, pause: "1 millis" }))
      const fiber = yield* Effect.fork(list)
      yield* emulator.awaitRequest("plugin", 2)
      yield* Effect.forever(
        Effect.zipRight(
          TestClock.adjust("10 millis"),
          Effect.promise(() => new Promise(setImmediate))
        )
      ).pipe(
        Effect.race(Fiber.join(fiber)),
        Effect.map((plugins) => assert.deepStrictEqual(plugins, expected))
      )
    }).pipe(inWorld())
  )

  it.effect("goes by the body where an error comes with its HTTP status, and names what a proxy answered", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.raw({ status: 412, body: '{"errcode":-1,"errmsg":"system error"}' }))
      assert.strictEqual((yield* Effect.flip(list))._tag, "WechatSystemError")
      yield* emulator.fault(Fault.raw({ status: 500, body: '{"message":"no"}' }))
      assert.deepInclude({ ...(yield* Effect.flip(list)) }, { _tag: "WechatTransportError", reason: "status" })
      yield* emulator.fault(
        Fault.raw({ status: 502, headers: { "content-type": "text/html" }, body: "<title>access_token=1</title>" })
      )
      const { message } = yield* Effect.flip(list)
      assert.match(message, /POST http:\/\/127\.0\.0\.1:\d+\/wxa\/plugin: HTTP 502, content-type text\/html/)
      assert.notInclude(message, "access_token")
      yield* emulator.fault(Fault.reset())
      assert.include((yield* Effect.flip(list)).message, "ECONNRESET")
    }).pipe(inWorld())
  )
})
