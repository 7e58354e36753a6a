import { inspect } from "node:util"
import { Emulator, Fault, Journal } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Redacted } from "effect"
import { as, authorizerToken, provide } from "./parties.js"
import { callWith, cloudCall, list, request, stableToken } from "./support.js"

describe("Journal", () => {
  it.effect("records a request", () =>
    Effect.gen(function* () {
      const { appId, issueToken, journal } = yield* Emulator.Emulator
      const token = yield* issueToken
      yield* request(`/wxa/plugin?lang=zh&access_token=${Redacted.value(token)}`, {
        headers: { "content-type": "application/json" },
        body: `{ "action":"list" }`
      })
      const [entry] = yield* journal
      assert.deepStrictEqual(entry, {
        seq: 1,
        endpoint: "plugin",
        operation: "pluginManager.getPluginList",
        appid: appId,
        method: "POST",
        path: "/wxa/plugin",
        query: { lang: "zh" },
        credential: { parameter: "access_token", value: token },
        contentType: "application/json",
        body: { action: "list" },
        rawBody: `{ "action":"list" }`,
        reply: { status: 200, errcode: 0 }
      })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("never prints a secret", () =>
    Effect.gen(function* () {
      const { appSecret, issueToken, journal, secretKey, ...emulator } = yield* Emulator.Emulator
      const cloudbaseToken = yield* emulator.cloudbaseToken
      const token = yield* issueToken
      yield* stableToken()
      yield* stableToken({ force_refresh: true })
      yield* list
      yield* callWith(`cloudbase_access_token=${Redacted.value(cloudbaseToken)}`)
      yield* request(`/cgi-bin/token?appid=x&secret=${Redacted.value(appSecret)}`, { body: Redacted.value(appSecret) })
      yield* cloudCall("wx-server-sdk")
      const entries = yield* journal
      assert.strictEqual(entries.length, 6)
      const lines = entries.map(Journal.format).join("\n")
      const printed = [
        JSON.stringify(entries),
        inspect(entries, { depth: 20, showHidden: true }),
        String(entries),
        lines
      ]
      for (const secret of [appSecret, cloudbaseToken, secretKey, token]) {
        for (const text of printed) {
          assert.notInclude(text, Redacted.value(secret))
        }
      }
      const { secret } = entries[0]!.body as { secret: Redacted.Redacted<string> }
      assert.strictEqual(Redacted.value(secret), Redacted.value(appSecret))
      assert.deepStrictEqual(entries[4]?.query, { appid: "x" })
      assert.match(lines, /^#1 POST \/cgi-bin\/stable_token wx\w+ \{.*"secret":"<redacted>"\} -> 200$/m)
      assert.match(lines, /^#3 POST \/wxa\/plugin wx\w+ access_token=\*\*\* \{"action":"list"\} -> 200, errcode 0$/m)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("names the mini program or component that a request is for", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const token = Redacted.value(yield* wechat.issueToken)
      const body = `{"action":"list"}`
      const calls: ReadonlyArray<
        readonly [Effect.Effect<unknown, unknown, Emulator.Emulator>, ReadonlyArray<string | undefined>]
      > = [
        [stableToken(), ["wx-applicant"]],
        [request("/cgi-bin/stable_token", { body: `{"appid":"wx-nobody"}` }), ["wx-nobody"]],
        [request("/cgi-bin/stable_token", { body: `{"appid":1}` }), [undefined]],
        [request("/cgi-bin/token?appid=wx-developer", { method: "GET" }), ["wx-developer"]],
        [as("wx-developer")("/wxa/devplugin", {}), ["wx-developer", "wx-developer"]],
        [authorizerToken, ["wx-component", "wx-applicant"]],
        [callWith(`cloudbase_access_token=${Redacted.value(yield* wechat.cloudbaseToken)}`), ["wx-applicant"]],
        [request(`/cgi-bin/clear_quota?access_token=${token}`, { body: "{}" }), ["wx-applicant"]],
        [request(`/cgi-bin/openapi/quota/get?access_token=${token}`, { body: "{}" }), ["wx-applicant"]],
        [request("/open-interface/wxa/plugin", { body }), ["wx-applicant"]],
        [request("/open-interface/wxa/plugin?from_appid=wx-developer", { body }), ["wx-developer"]],
        [cloudCall("wx-server-sdk"), ["wx-applicant"]],
        [cloudCall("wx-server-sdk", { config: { env: "developer-env" } }), ["wx-developer"]],
        [Effect.ignore(cloudCall("wx-server-sdk", { appid: "wx-third" })), ["wx-third"]],
        [callWith("access_token=nonsense"), [undefined]],
        [request("/wxa/other"), [undefined]],
        // an ended token still belongs to its mini program
        [Effect.zipRight(wechat.expireTokens(), callWith(`access_token=${token}`)), ["wx-applicant"]]
      ]
      const remote = EmulatorClient.layer({ url: wechat.url }).pipe(Layer.provide(FetchHttpClient.layer))
      const client = yield* Effect.provide(Emulator.Emulator, remote)
      for (const [call, appids] of calls) {
        const before = (yield* wechat.journal).length
        yield* call
        for (const { journal } of [wechat, client]) {
          const entries = (yield* journal).slice(before)
          assert.deepStrictEqual(
            entries.map(({ appid }) => appid),
            appids,
            entries.map(Journal.format).join("\n")
          )
        }
      }
      assert.match(Journal.format((yield* wechat.journal)[0]!), /^#1 POST \/cgi-bin\/stable_token wx-applicant \{/)
    }).pipe(provide)
  )

  it.effect("awaitRequest waits for the nth request, or returns it if it has arrived", () =>
    Effect.gen(function* () {
      const { awaitRequest } = yield* Emulator.Emulator
      const second = yield* Effect.fork(awaitRequest("plugin", 2))
      yield* stableToken()
      yield* list
      assert.isNull(second.unsafePoll())
      yield* list
      assert.strictEqual((yield* second).seq, 3)
      assert.strictEqual((yield* awaitRequest("plugin")).seq, 2)
      assert.strictEqual((yield* awaitRequest("token")).seq, 1)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("keeps the newest journalLimit entries, and counts the dropped ones", () =>
    Effect.gen(function* () {
      const { awaitRequest, journal, journalDropped, reset } = yield* Emulator.Emulator
      const kept = Effect.map(journal, (entries) => entries.map(({ seq }) => seq))
      yield* stableToken()
      yield* list
      assert.deepStrictEqual([yield* kept, yield* journalDropped], [[1, 2], 0])
      const fifth = yield* Effect.fork(awaitRequest("plugin", 4))
      yield* Effect.replicateEffect(list, 3)
      assert.deepStrictEqual([yield* kept, yield* journalDropped], [[3, 4, 5], 2])
      assert.strictEqual((yield* fifth).seq, 5)
      assert.strictEqual((yield* awaitRequest("plugin", 2)).seq, 3)
      for (const dropped of [awaitRequest("plugin"), awaitRequest("token")]) {
        const exit = yield* Effect.exit(dropped)
        assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause))
        assert.match(String(exit), /dropped.*journalLimit/)
      }
      yield* reset
      assert.deepStrictEqual([yield* kept, yield* journalDropped], [[], 0])
      yield* list
      assert.deepStrictEqual([yield* kept, (yield* awaitRequest("plugin")).seq], [[1], 1])
    }).pipe(Effect.provide(Emulator.layer({ journalLimit: 3 })))
  )

  it.effect("refuses an invalid journalLimit", () =>
    Effect.forEach([0, -1, 1.5, Number.NaN], (journalLimit) =>
      Effect.gen(function* () {
        const exit = yield* Effect.exit(Effect.provide(Emulator.Emulator, Emulator.layer({ journalLimit })))
        assert.match(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "", /journalLimit must be/)
      })
    )
  )

  it.effect("onRequest gets the entry of each request with its reply", () => {
    const lines: Array<string> = []
    const onRequest = (entry: Journal.Entry) => Effect.sync(() => lines.push(Journal.format(entry)))
    return Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(48001))
      yield* fault(Fault.reset())
      yield* list
      yield* Effect.flip(list)
      assert.match(lines[0]!, /-> 200, errcode 48001, fault errcode$/)
      assert.match(lines[1]!, /-> no reply, fault reset$/)
    }).pipe(Effect.provide(Emulator.layer({ onRequest: (entry) => Effect.asVoid(onRequest(entry)) })))
  })
})
