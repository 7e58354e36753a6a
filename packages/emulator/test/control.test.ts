import { inspect } from "node:util"
import { Emulator, Fault, World } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Context, Duration, Effect, Exit, Fiber, Layer, Redacted } from "effect"
import { apply, decide, listed, openpid, world } from "./parties.js"
import { callWith, errcode, json, list, request, stableToken } from "./support.js"

const clientAt = (url: URL) => Layer.provide(EmulatorClient.layer({ url }), FetchHttpClient.layer)

/** The service in this process, and the client that another process would use. Both must behave alike. */
const services = {
  "in-process": Emulator.layer({ world }),
  "by the control API": Layer.flatMap(Emulator.layer({ world }), (context) =>
    clientAt(Context.get(context, Emulator.Emulator).url)
  )
}

describe.each(Object.entries(services))("the emulator, %s,", (_, layer) => {
  const provide = Effect.provide(layer)

  it.live("seeds, returns and resets its world", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      assert.strictEqual(wechat.appId, "wx-applicant")
      assert.strictEqual(yield* apply("wx-plugin", "\u5730\u56fe"), 0)
      const [application] = (yield* wechat.world).applications
      assert.deepInclude(application, { applicant: "wx-applicant", plugin: "wx-plugin", reason: "\u5730\u56fe" })
      yield* wechat.seed(World.make({ miniPrograms: [{ appid: "wx-new", appSecret: "s", pluginLimit: 0 }] }))
      const { appSecret, pluginLimit } = yield* wechat.miniProgram("wx-new")
      assert.deepStrictEqual([Redacted.value(appSecret), pluginLimit], ["s", 0])
      assert.strictEqual((yield* stableToken()).errcode, 40013)
      assert.isTrue(Exit.isFailure(yield* Effect.exit(wechat.miniProgram("wx-applicant"))))
      yield* wechat.reset
      assert.deepStrictEqual((yield* wechat.world).applications, [])
      assert.deepStrictEqual(yield* wechat.journal, [])
      assert.isUndefined((yield* stableToken()).errcode)
    }).pipe(provide)
  )

  it.live("seeds a world of thousands of mini programs", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const [first, ...others] = Array.from({ length: 5000 }, (_, at) => ({ appid: `wx-${at}` }))
      yield* wechat.seed(World.make({ miniPrograms: [first!, ...others] }))
      assert.lengthOf((yield* wechat.world).miniPrograms, 5000)
    }).pipe(provide)
  )

  it.live("lists and sets plugins", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const item = { appid: "wx-plugin", status: 3, nickname: "n", headimgurl: "h", reason: "r" }
      yield* wechat.setPlugins([item])
      assert.deepStrictEqual(yield* wechat.plugins, [item])
      assert.deepInclude(json(yield* list), { plugin_list: [item] })
      assert.strictEqual((yield* wechat.world).plugins.length, world.plugins.length)
    }).pipe(provide)
  )

  it.live("logs a user of a plugin in", () =>
    Effect.gen(function* () {
      const { pluginLogin } = yield* Emulator.Emulator
      const [plugin, user] = ["wx-plugin", "user-1"]
      assert.match(yield* pluginLogin({ plugin, user }), /^[0-9a-f]{64}$/)
      const codes = [yield* pluginLogin({ plugin, user }), yield* pluginLogin({ appid: "wx-third", plugin, user })]
      const openpids = yield* Effect.forEach(codes, openpid)
      assert.match(String(openpids[0]), /^G[\w-]{27}$/)
      assert.notStrictEqual(openpids[0], openpids[1])
      for (const options of [{ plugin: "wx-nothing" }, { plugin, appid: "wx-nobody" }]) {
        const exit = yield* Effect.exit(pluginLogin({ user, ...options }))
        assert.match(String(exit), /there is no/)
      }
    }).pipe(provide)
  )

  it.live("advances time: delayed replies are sent, tokens expire, applications time out", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      yield* apply("wx-plugin")
      const { access_token } = yield* stableToken()
      yield* wechat.fault(Fault.delay("3 hours"))
      const late = yield* Effect.fork(callWith(`access_token=${access_token}`))
      yield* wechat.awaitRequest("plugin", 2)
      yield* wechat.advance("1 hour")
      assert.isNull(late.unsafePoll())
      yield* wechat.advance("2 hours")
      assert.strictEqual(errcode(yield* late), 0)
      assert.strictEqual(errcode(yield* callWith(`access_token=${access_token}`)), 42001)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
      yield* wechat.advance("45 hours")
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 4]])
      assert.strictEqual(yield* decide("dev_agree"), 89240)
    }).pipe(provide)
  )

  it.live("resets the advanced time, and then sends delayed replies at once", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const createTime = Effect.gen(function* () {
        assert.strictEqual(yield* apply("wx-plugin"), 0)
        return (yield* wechat.world).applications[0]!.createTime!
      })
      const before = yield* createTime
      yield* wechat.advance("20 days")
      yield* wechat.fault(Fault.delay("1 hour"))
      yield* wechat.fault(Fault.drip({ pause: "1 hour" }))
      const late = yield* Effect.fork(Effect.all([list, list], { concurrency: 2 }))
      yield* wechat.awaitRequest("plugin", 3)
      yield* wechat.reset
      assert.lengthOf(yield* late, 2)
      const day = 86_400_000
      assert.isBelow(Math.abs((yield* createTime) - before), day)
    }).pipe(provide)
  )

  it.live("accepts every kind of fault", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      yield* wechat.fault(Fault.errcode(-1, { times: Number.POSITIVE_INFINITY, on: "unbind" }))
      yield* wechat.fault(Fault.errcode(45011, { errmsg: "slow", nth: 2 }))
      yield* wechat.fault(Fault.body(new Uint8Array([0x7b, 0xff])))
      yield* wechat.fault(Fault.raw({ status: 418, headers: { "x-tea": "yes" }, body: "pot" }))
      assert.strictEqual((yield* list).text, "{\ufffd")
      assert.strictEqual((yield* list).text, `{"errcode":45011,"errmsg":"slow"}`)
      const pot = yield* list
      assert.deepStrictEqual([pot.status, pot.headers.get("x-tea"), pot.text], [418, "yes", "pot"])
      for (const fault of [Fault.reset(), Fault.close(), Fault.truncate()]) {
        yield* wechat.fault(fault)
        assert.instanceOf(yield* Effect.flip(list), Error)
      }
      yield* wechat.fault(Fault.drip({ size: 20, pause: "1 millis" }))
      yield* wechat.fault(Fault.hold())
      assert.strictEqual(errcode(yield* list), 0)
      const held = yield* Effect.fork(list)
      yield* wechat.awaitRequest("plugin", 8)
      yield* wechat.release
      assert.strictEqual(errcode(yield* held), 0)
      const unbind = `{"action":"unbind"}`
      const token = Redacted.value(yield* wechat.issueToken)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, unbind)), -1)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, unbind)), -1)
      yield* wechat.expireTokens({ errcode: 42001 })
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`)), 42001)
      const cloudbase = Redacted.value(yield* wechat.cloudbaseToken)
      assert.strictEqual(errcode(yield* callWith(`cloudbase_access_token=${cloudbase}`)), 0)
    }).pipe(provide)
  )

  it.live("refuses an invalid fault as a defect, and keeps serving", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const invalid: ReadonlyArray<readonly [Fault.Fault, RegExp]> = [
        [{ _tag: "Drip", size: 0, pause: Duration.millis(1) }, /^(?=.*size).*positive/s],
        [{ _tag: "Raw", status: 20, headers: {}, body: "" }, /status/],
        [{ _tag: "Close", times: 0 }, /^(?=.*times).*positive/s],
        [{ _tag: "Close", nth: 0 }, /^(?=.*nth).*positive/s]
      ]
      for (const [fault, message] of invalid) {
        const exit = yield* Effect.exit(wechat.fault(fault))
        assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause))
        assert.match(String(exit), message)
        assert.notInclude(String(exit), "No emulator answers")
      }
      assert.strictEqual(errcode(yield* list), 0)
    }).pipe(provide)
  )

  it.live("returns its journal without secrets", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      yield* stableToken()
      yield* list
      const entries = yield* wechat.journal
      assert.strictEqual(yield* wechat.journalDropped, 0)
      assert.deepStrictEqual(
        entries.map(({ endpoint, operation, reply }) => [endpoint, operation, reply]),
        [
          ["token", "getStableAccessToken", { status: 200 }],
          ["plugin", "pluginManager.getPluginList", { status: 200, errcode: 0 }]
        ]
      )
      const printed = JSON.stringify(entries) + inspect(entries, { depth: 20 })
      assert.notInclude(printed, Redacted.value(wechat.appSecret))
      assert.notInclude(printed, Redacted.value(yield* wechat.issueToken))
    }).pipe(provide)
  )
})

describe("the control API by hand", () => {
  const control = (name: string, body?: string, init: RequestInit = {}) =>
    request(`/__emulator/${name}`, {
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
      ...init
    })

  it.live("fills in defaults, and is not in the journal", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      assert.strictEqual((yield* control("seed", `{"miniPrograms":[{"appid":"wx1"}]}`)).text, "{}")
      assert.strictEqual((yield* wechat.world).miniPrograms[0].pluginLimit, 5)
      assert.strictEqual((yield* control("fault", `{"_tag":"Reset","on":"dev_agree","times":"Infinity"}`)).status, 200)
      assert.strictEqual((yield* control("reset")).status, 200)
      const connected = json(yield* control("connect")) as object
      assert.hasAllKeys(connected, ["appId", "appSecret", "secretId", "secretKey"])
      assert.deepStrictEqual(yield* wechat.journal, [])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("explains why it refuses a request", () =>
    Effect.gen(function* () {
      const wrong = [
        [control("nothing"), 404, "there is no control nothing"],
        [control("toString"), 404, "there is no control"],
        [control("reset", undefined, { method: "GET" }), 405, "post JSON"],
        // a browser sends this content-type without a preflight
        [control("reset", "{}", { headers: { "content-type": "text/plain" } }), 405, "post JSON"],
        [control("fault", "{"), 400, "not JSON"],
        [control("fault", `{"_tag":"Reset","on":"dev_disagree"}`), 400, "dev_agree"],
        [control("fault", `{"_tag":"Drip","size":0,"pause":1}`), 400, "size"],
        [control("seed", `{"miniPrograms":[]}`), 400, "miniPrograms"]
      ] as const
      for (const [reply, status, text] of wrong) {
        const { status: found, text: said } = yield* reply
        assert.deepStrictEqual([found, said.includes(text)], [status, true], said)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("refuses a body above 16 MiB", () =>
    Effect.gen(function* () {
      const { status, text } = yield* control("seed", `"${"x".repeat(16 * 1024 * 1024)}"`)
      assert.deepStrictEqual([status, JSON.parse(text)], [413, { error: "the body is longer than 16 MiB" }])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("fails to build if no emulator answers; a call to a stopped emulator is a defect", () =>
    Effect.gen(function* () {
      const { url, wechat } = yield* Effect.scoped(
        Effect.gen(function* () {
          const { url } = yield* Emulator.Emulator
          const wechat = yield* Effect.provide(Emulator.Emulator, clientAt(url))
          return { url, wechat }
        }).pipe(Effect.provide(Emulator.layer()))
      )
      const error = yield* Effect.flip(Effect.provide(Emulator.Emulator, clientAt(url)))
      assert.instanceOf(error, EmulatorClient.EmulatorUnreachable)
      assert.include(error.message, url.origin)
      const exit = yield* Effect.exit(wechat.reset)
      assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause))
    })
  )

  it.live("goes on after a client that waits for a request disconnects", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      const client = yield* Effect.provide(Emulator.Emulator, clientAt(url))
      yield* Fiber.interrupt(yield* Effect.fork(client.awaitRequest("plugin")))
      const waiting = yield* Effect.fork(client.awaitRequest("plugin"))
      yield* list
      assert.deepInclude(yield* waiting, { endpoint: "plugin", seq: 1 })
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
