import { Emulator } from "@effect-wechat/emulator"
import { AccessToken, type HttpsOptions, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient, FileSystem, HttpServerRequest } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { type Sleeps, withSleeps } from "@effect-wechat/test-support/sleeps"
import { stat } from "node:fs/promises"
import { list } from "./support.js"

/** by the file system: what it is asked for meanwhile arrives in some of these */
const tick = Effect.promise(() => stat("."))

const openInterface = (options: HttpsOptions.HttpsOptions = {}) =>
  Emulator.layerFrom(({ openInterfaceUrl }) =>
    HttpsTransport.layerOpenInterface({ baseUrl: openInterfaceUrl, ...options })
  ).pipe(Layer.provide(FetchHttpClient.layer))

const inCloudRun = (emulator: Emulator.Options = {}, options: HttpsOptions.HttpsOptions = {}) =>
  Effect.provide(Layer.provideMerge(openInterface(options), Emulator.layer(emulator)))

describe("the open-interface service", () => {
  it.effect("is called without a token", () =>
    Effect.gen(function* () {
      assert.isNotEmpty(yield* list)
      const { awaitRequest } = yield* Emulator.Emulator
      assert.deepInclude(yield* awaitRequest("plugin"), { method: "POST", query: {} })
    }).pipe(inCloudRun())
  )

  it.effect("is called over the runtime's fetch as well", () =>
    Effect.gen(function* () {
      const { openInterfaceUrl } = yield* Emulator.Emulator
      assert.isNotEmpty(
        yield* list.pipe(
          Effect.provide(
            Layer.provide(
              HttpsTransport.layerOpenInterface({ baseUrl: openInterfaceUrl }),
              HttpsTransport.layerFetchClient
            )
          )
        )
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("that is not ready yet is waited for", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const call = yield* Effect.fork(list)
      yield* emulator.awaitRequest("plugin")
      assert.isNotEmpty(yield* Effect.raceFirst(Fiber.join(call), time))
      const waits = (yield* emulator.journal).length - 1
      assert.isTrue(waits >= 2 && waits <= 4, `${waits} waits of 250 to 750 ms in a second`)
    }).pipe(inCloudRun({ openInterface: { readyAfter: "1 second" } }))
  )

  /** between two attempts: the deadline and the pause sleep, where a call under way has the deadline alone */
  const paused = (sleeps: Sleeps) => Effect.repeat(tick, { until: () => sleeps().length === 2 })

  it.effect("that never gets ready is OpenServiceNotReady at the deadline", () =>
    withSleeps((sleeps) =>
      Effect.gen(function* () {
        const call = yield* Effect.fork(Effect.flip(list))
        yield* paused(sleeps)
        yield* TestClock.adjust("200 millis")
        const error = yield* Fiber.join(call)
        assert.deepInclude({ ...error }, { _tag: "OpenServiceNotReady", errcode: 85107 })
      }).pipe(inCloudRun({ openInterface: { readyAfter: "1 hour" } }, { timeout: "200 millis" }))
    )
  )

  it.effect("that gets ready but does not answer in time is a timeout: the call may have been carried out", () =>
    withSleeps((sleeps) =>
      Effect.gen(function* () {
        let requests = 0
        const { url } = yield* httpServer((_, response) => {
          if (requests++ === 0) {
            response.setHeader("x-openapi-seqid", "1").end(`{"errcode":85107,"errmsg":"not ready"}`)
          }
        })
        const call = yield* Effect.flip(list).pipe(
          Effect.provide(
            Layer.provide(HttpsTransport.layerOpenInterface({ baseUrl: url }), HttpsTransport.layerFetchClient)
          ),
          Effect.fork
        )
        yield* paused(sleeps)
        yield* TestClock.adjust("750 millis")
        yield* Effect.repeat(tick, { until: () => requests === 2 })
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude({ ...(yield* Fiber.join(call)) }, { _tag: "WechatTransportError", reason: "timeout" })
      }).pipe(Effect.scoped)
    )
  )

  it.effect("that is not enabled for the path says so, and is not waited for", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
      assert.include(error.message, "list this path")
    }).pipe(inCloudRun({ openInterface: { paths: [] } }))
  )

  it.effect("is not what answered without its proof, whatever the answer", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const outside = Layer.provide(HttpsTransport.layerOpenInterface({ baseUrl: emulator.url }), FetchHttpClient.layer)
      const error = yield* Effect.flip(list).pipe(Effect.provide(outside))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
      assert.include(error.message, "x-openapi-seqid")
    }).pipe(inCloudRun())
  )

  it.effect("is interrupted while it waits", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const call = yield* Effect.fork(list)
      yield* emulator.awaitRequest("plugin")
      yield* Fiber.interrupt(call)
    }).pipe(inCloudRun({ openInterface: { readyAfter: "1 hour" } }))
  )
})

const time = Effect.forever(Effect.zipRight(TestClock.adjust("50 millis"), tick))
const withToken = <E>(token: Layer.Layer<AccessToken.AccessToken, E>) =>
  Effect.provide(
    Emulator.layerFrom(({ url }) => HttpsTransport.layerAccessToken({ baseUrl: url })).pipe(
      Layer.provide([token, FetchHttpClient.layer])
    )
  )

describe("the cloudbase_access_token in a file", () => {
  const file = Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = `${yield* fs.makeTempDirectoryScoped()}/cloudbase_access_token`
    return { path, write: (text: string) => fs.writeFileString(path, text) }
  })
  const inWorld = Effect.provide(Layer.merge(Emulator.layer(), NodeFileSystem.layer))
  const fromFile = (path: string) =>
    withToken(Layer.provide(AccessToken.layerCloudbaseFile({ path }), NodeFileSystem.layer))

  it.scoped("is read again as it changes", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { path, write } = yield* file
      yield* write(`${Redacted.value(yield* emulator.cloudbaseToken)}\n`)
      yield* Effect.gen(function* () {
        assert.isNotEmpty(yield* list)
        yield* TestClock.adjust("31 minutes")
        assert.strictEqual((yield* Effect.flip(list))._tag, "CredentialRejected")
        yield* write(Redacted.value(yield* emulator.cloudbaseToken))
        assert.isNotEmpty(yield* list)
      }).pipe(fromFile(path))
      const { credential } = yield* emulator.awaitRequest("plugin")
      assert.strictEqual(credential?.parameter, "cloudbase_access_token")
    }).pipe(inWorld)
  )

  for (const placeholder of [
    undefined,
    "",
    "placeholder",
    "${CLOUDBASE_ACCESS_TOKEN_HERE}",
    "the token comes here soon"
  ]) {
    it.scoped(`is waited for while there is ${JSON.stringify(placeholder) ?? "no file"}`, () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { path, write } = yield* file
        if (placeholder !== undefined) {
          yield* write(placeholder)
        }
        const call = yield* Effect.fork(list.pipe(fromFile(path)))
        yield* Effect.raceFirst(
          time,
          Effect.repeat(tick, { until: () => Effect.map(TestClock.currentTimeMillis, (now) => now > 1000) })
        )
        assert.deepStrictEqual(yield* emulator.journal, [])
        yield* write(Redacted.value(yield* emulator.cloudbaseToken))
        assert.isNotEmpty(yield* Effect.raceFirst(Fiber.join(call), time))
      }).pipe(inWorld)
    )
  }

  it.scoped("that never comes is a typed error that says what to do", () =>
    Effect.gen(function* () {
      const call = yield* Effect.fork(Effect.flip(list).pipe(fromFile("/nowhere/cloudbase_access_token")))
      const error = yield* Effect.raceFirst(Fiber.join(call), time)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
      assert.include(error.message, "turn on the push of cloudbase_access_token")
    }).pipe(inWorld)
  )
})

describe("the cloudbase_access_token of the request", () => {
  const inWorld = Effect.provide(Emulator.layer())
  const answering = (headers: Record<string, string>) =>
    Effect.provideService(
      HttpServerRequest.HttpServerRequest,
      HttpServerRequest.fromWeb(new Request("http://localhost/", { headers }))
    )

  it.effect("is that of the caller's request, each time", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = Redacted.value(yield* emulator.cloudbaseToken)
      yield* Effect.gen(function* () {
        assert.isNotEmpty(yield* list.pipe(answering({ "X-WX-CLOUDBASE-ACCESS-TOKEN": token })))
        const rejected = yield* Effect.flip(list).pipe(answering({ "x-wx-cloudbase-access-token": "of-another" }))
        assert.strictEqual(rejected._tag, "CredentialRejected")
        for (const none of [Effect.flip(list), Effect.flip(list).pipe(answering({}))]) {
          const error = yield* none
          assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential" })
          assert.include(error.message, "x-wx-cloudbase-access-token")
        }
      }).pipe(withToken(AccessToken.layerCloudbaseHeader()))
    }).pipe(inWorld)
  )
})

describe("a central token service", () => {
  it.effect("is asked once for all, with its authorization, and told which token was rejected", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const asked: Array<{ readonly authorization: string | undefined; readonly body: unknown }> = []
      const { url } = yield* httpServer((request, response) => {
        let body = ""
        request.on("data", (part) => (body += part))
        request.on("end", () => {
          asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) })
          void Effect.runPromise(emulator.issueToken).then((token) =>
            response.end(JSON.stringify({ access_token: Redacted.value(token), expires_in: 7200 }))
          )
        })
      })
      const central = AccessToken.layerCentral({
        url: new URL("/tokens?of=wechat", url),
        appId: emulator.appId,
        authorization: Redacted.make("Bearer s3cret")
      })
      yield* Effect.gen(function* () {
        yield* Effect.all([list, list, list], { concurrency: "unbounded" })
        const first = Redacted.value(yield* emulator.issueToken)
        assert.deepStrictEqual(asked, [{ authorization: "Bearer s3cret", body: { appid: emulator.appId } }])
        yield* emulator.expireTokens()
        yield* Effect.all([list, list, list], { concurrency: "unbounded" })
        assert.deepStrictEqual(asked[1]?.body, { appid: emulator.appId, rejected: first })
        assert.lengthOf(asked, 2)
      }).pipe(withToken(Layer.provide(central, FetchHttpClient.layer)))
    }).pipe(Effect.scoped, Effect.provide(Emulator.layer()))
  )

  it.effect("that refuses or fails is a typed error, which shows neither token nor authorization", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const replies = [
        [`{"errcode":45009,"errmsg":"Bearer s3cret is out of quota"}`, "DailyQuotaExceeded"],
        [`<html>Bearer s3cret</html>`, "WechatTransportError"],
        [`{"access_token":"s3cret"}`, "WechatTransportError"]
      ] as const
      for (const [reply, tag] of replies) {
        const { url } = yield* httpServer((_, response) => response.end(reply))
        const central = AccessToken.layerCentral({
          url: url,
          appId: emulator.appId,
          authorization: Redacted.make("Bearer s3cret")
        })
        const error: { readonly _tag: string; readonly message: string } = yield* Effect.flip(list).pipe(
          withToken(Layer.provide(central, FetchHttpClient.layer))
        )
        assert.strictEqual(error._tag, tag)
        assert.notInclude(JSON.stringify(error) + error.message, "s3cret")
      }
    }).pipe(Effect.scoped, Effect.provide(Emulator.layer()))
  )
})
