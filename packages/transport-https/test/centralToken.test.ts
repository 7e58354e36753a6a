import { Emulator } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Redacted, type Scope, TestClock } from "effect"
import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import { inspect } from "node:util"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { list } from "./support.js"

interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
}

const json = (value: object) => (response: ServerResponse) => void response.end(JSON.stringify(value))

/** A service that says what it is told to, a WeChat, and the list by the one from the other. */
const central = (authorization = "Bearer s3cret") =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const asked: Array<Asked> = []
    const state: { answer: (response: ServerResponse) => void } = { answer: json({}) }
    const reached = yield* Deferred.make<void>()
    const { url } = yield* httpServer((request, response) => {
      const { headers, method, url } = request
      request.setEncoding("utf8").once("data", (text: string) => {
        asked.push({ method, url, headers, body: JSON.parse(text) as Asked["body"] })
        Deferred.unsafeDone(reached, Effect.void)
        state.answer(response)
      })
    })
    const hasToken = Effect.map(emulator.issueToken, (token) => {
      state.answer = json({ access_token: Redacted.value(token), expires_in: 7200 })
      return Redacted.value(token)
    })
    const context = yield* Layer.build(
      HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide(
          AccessToken.layerCentral({
            appId: emulator.appId,
            url: new URL(`${url}/tokens/wechat/?key=s3cret`),
            authorization: Redacted.make(authorization),
            maxBodySize: 1000
          })
        ),
        Layer.provide(FetchHttpClient.layer)
      )
    )
    return { emulator, asked, state, reached: Deferred.await(reached), hasToken, list: Effect.provide(list, context) }
  })

const test = (name: string, effect: Effect.Effect<void, unknown, Emulator.Emulator | Scope.Scope>) =>
  it.scoped(name, () => Effect.provide(effect, Emulator.layer()))

describe("the token of a central service", () => {
  test(
    "is asked for once by all who wait, and kept",
    Effect.gen(function* () {
      const { asked, emulator, hasToken, list } = yield* central()
      yield* hasToken
      yield* Effect.replicateEffect(list, 8, { concurrency: "unbounded" })
      yield* list
      assert.lengthOf(asked, 1)
      assert.deepInclude(asked[0], {
        method: "POST",
        url: "/tokens/wechat/?key=s3cret",
        body: { appid: emulator.appId }
      })
      assert.deepInclude(asked[0]?.headers, { authorization: "Bearer s3cret", "content-type": "application/json" })
    })
  )

  test(
    "that WeChat rejects is named to the service, once, and the call repeated",
    Effect.gen(function* () {
      const { asked, emulator, hasToken, list } = yield* central()
      const first = yield* hasToken
      yield* list
      yield* emulator.expireTokens()
      yield* hasToken
      yield* Effect.replicateEffect(list, 4, { concurrency: "unbounded" })
      assert.deepStrictEqual(
        asked.map(({ body }) => body),
        [{ appid: emulator.appId }, { appid: emulator.appId, rejected: first }]
      )
    })
  )

  test(
    "that it hands out again although WeChat rejected it is an error, not a loop",
    Effect.gen(function* () {
      const { asked, emulator, hasToken, list } = yield* central()
      const token = yield* hasToken
      yield* emulator.expireTokens()
      assert.strictEqual((yield* Effect.flip(list))._tag, "CredentialRejected")
      assert.lengthOf(asked, 2)
      const sent = (yield* emulator.journal).map(({ credential }) => credential && Redacted.value(credential.value))
      assert.deepStrictEqual(sent, [token])
    })
  )

  test(
    "is renewed before it ends",
    Effect.gen(function* () {
      const { asked, hasToken, list, state } = yield* central()
      const token = yield* hasToken
      state.answer = json({ access_token: token, expires_in: 100 })
      yield* list
      yield* TestClock.adjust("80 seconds")
      yield* list
      assert.lengthOf(asked, 1)
      yield* TestClock.adjust("20 seconds")
      yield* list
      assert.lengthOf(asked, 2)
    })
  )

  const failures: ReadonlyArray<readonly [string, (response: ServerResponse) => void, object]> = [
    [
      "an errcode",
      json({ errcode: 40164, errmsg: "invalid ip, Bearer s3cret" }),
      { _tag: "IpNotAllowed", endpoint: "credential" }
    ],
    [
      "another status",
      (response) => void response.writeHead(401).end("no s3cret"),
      { reason: "status", isRetryable: false }
    ],
    ["no JSON", (response) => void response.end("<html>s3cret"), { reason: "body" }],
    ["no token", json({ access_token: "", expires_in: 7200 }), { reason: "body" }],
    ["too much", (response) => void response.end("s3cret".repeat(1000)), { reason: "size" }],
    ["a redirect", (response) => void response.writeHead(302, { location: "/s3cret" }).end(), { reason: "redirect" }],
    ["nothing", (response) => void response.destroy(), { reason: "connection" }]
  ]
  for (const [name, answer, expected] of failures) {
    test(
      `answered with ${name} is a typed error without a secret`,
      Effect.gen(function* () {
        const { list, state } = yield* central()
        state.answer = answer
        const error = yield* list.pipe(
          Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
          Effect.flip
        )
        assert.deepInclude({ ...error }, expected)
        assert.notInclude(error.message + JSON.stringify(error) + inspect(error, { depth: 9 }), "s3cret")
      })
    )
  }

  test(
    "an authorization that no header can have is a typed error without it",
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* central("Bearer s3\ncret")).list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection" })
      assert.notInclude(error.message + inspect(error, { depth: 9 }), "cret")
    })
  )

  test(
    "that does not come in time is a timeout, and the service may come back",
    Effect.gen(function* () {
      const { hasToken, list, reached, state } = yield* central()
      state.answer = () => {}
      const call = yield* Effect.fork(Effect.flip(list))
      yield* reached
      yield* TestClock.adjust("10 seconds")
      assert.deepInclude({ ...(yield* Fiber.join(call)) }, { _tag: "WechatTransportError", reason: "timeout" })
      yield* TestClock.adjust("2 seconds")
      yield* hasToken
      assert.isNotEmpty(yield* list)
    })
  )
})
