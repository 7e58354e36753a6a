import { Emulator, Fault } from "@effect-wechat/emulator"
import { type Plugin, PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Redacted, TestClock } from "effect"
import { errcodeCases, gatewayCases, rejectsCredential } from "./errcodes.js"
import { networkCases, oddReplies } from "./faults.js"
import { sampleReply, sampleRequest, statuses } from "./page.js"
import type { Subject } from "./subjects.js"
import { door, failureOf, observe, valueOf } from "./world.js"

const sample: Plugin.Plugin = {
  appid: "aaaa",
  status: "applying",
  nickname: "插件昵称",
  headimgurl: "http://plugin.qq.com"
}

/** What `getPluginList` does, and what a transport does with whatever comes back. */
export const list = (subject: Subject): void => {
  const transport = Emulator.layerFrom(({ appId }) => subject.transport(appId))
  /** each test has a WeChat and a transport of its own */
  const world = Layer.provideMerge(transport, Emulator.layer())
  const test = (
    name: string,
    effect: Effect.Effect<void, unknown, Transport.Transport | Emulator.Emulator>,
    timeout?: number
  ) => it.effect(name, () => Effect.provide(effect, world), timeout)

  test(
    "sends the page's sample request to the letter",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* valueOf(PluginManager.getPluginList)
      const entry = yield* emulator.awaitRequest(door(subject))
      if (subject.kind === "https") {
        assert.deepInclude(entry, { method: "POST", path: "/wxa/plugin", query: {}, contentType: "application/json" })
        assert.strictEqual(entry.credential?.parameter, "access_token")
        assert.deepStrictEqual(JSON.parse(entry.rawBody ?? ""), JSON.parse(sampleRequest))
        assert.strictEqual(entry.rawBody, sampleRequest.replace(/\s/g, ""))
      } else {
        assert.deepInclude(entry.body, {
          apiName: "pluginManager.getPluginList",
          data: JSON.parse(sampleRequest) as unknown,
          envName: "contract-env"
        })
      }
    })
  )

  test(
    "reads the page's sample reply to the letter",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.body(sampleReply))
      assert.deepStrictEqual(yield* valueOf(PluginManager.getPluginList), [sample])
    })
  )

  test(
    "lists plugins in every state of the page, and those without one of them",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      assert.lengthOf(statuses, 4)
      const wire = { appid: "wx1", nickname: "n", headimgurl: "h" }
      yield* emulator.setPlugins([
        ...statuses.map(([status]) => ({ ...wire, status })),
        { ...wire, status: 5, reason: "r" }
      ])
      const plugins = yield* valueOf(PluginManager.getPluginList)
      assert.deepStrictEqual(
        plugins.map(({ reason, status }) => [status, reason]),
        [
          ["applying", undefined],
          ["approved", undefined],
          ["refused", undefined],
          ["timeout", undefined],
          ["unknown:5", "r"]
        ]
      )
    })
  )

  test(
    "lists 10,000 plugins",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const many = Array.from({ length: 10_000 }, (_, at) => ({
        appid: `wx${at}`,
        status: 2,
        nickname: `插件 ${at}`,
        headimgurl: `http://wx.qlogo.cn/${at}`
      }))
      yield* emulator.setPlugins(many)
      const plugins = yield* valueOf(PluginManager.getPluginList)
      assert.strictEqual(plugins.length, 10_000)
      assert.deepStrictEqual(plugins.at(-1), { ...many.at(-1)!, status: "approved" })
    }),
    30_000
  )

  for (const { errcode, tag } of errcodeCases()) {
    test(
      `${errcode} is ${tag}`,
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const renews = rejectsCredential(subject.kind, errcode)
        // of -1 the SDK's own accidents can only be told by the text
        const errmsg = `${errcode === -1 ? "system error" : `text of ${errcode}`} rid: 1234abcd-0-${Math.abs(errcode)}`
        yield* emulator.fault(Fault.errcode(errcode, { errmsg, times: renews ? 2 : 1 }))
        const error = yield* failureOf(PluginManager.getPluginList)
        assert.strictEqual(error._tag, tag)
        assert.deepInclude(error, {
          api: "pluginManager.getPluginList",
          errcode,
          errmsg,
          requestId: `1234abcd-0-${Math.abs(errcode)}`
        })
        assert.lengthOf(
          (yield* emulator.journal).filter(({ endpoint }) => endpoint === door(subject)),
          renews ? 2 : 1
        )
      })
    )
  }

  test(
    "takes a secret that a reply echoes out of the error",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* valueOf(PluginManager.getPluginList)
      const entry = yield* emulator.awaitRequest(door(subject))
      const secret = Redacted.value(entry.credential?.value ?? emulator.secretKey)
      yield* emulator.fault(Fault.errcode(47001, { errmsg: `data format error in ${secret}` }))
      const error = yield* failureOf(PluginManager.getPluginList)
      assert.strictEqual(error._tag, "MalformedRequest")
      yield* emulator.fault(Fault.body(JSON.stringify({ errcode: 0, plugin_list: [{ appid: [secret] }] })))
      assert.strictEqual((yield* failureOf(PluginManager.getPluginList))._tag, "WechatDecodeError")
    })
  )

  for (const [errcode, tag] of subject.kind === "cloud" ? gatewayCases : []) {
    test(
      `${errcode} of the gateway is ${tag}`,
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* emulator.fault(Fault.gatewayError(errcode))
        const error: object = yield* failureOf(PluginManager.getPluginList)
        assert.deepInclude({ ...error }, { _tag: tag, errcode, endpoint: "gateway" })
      })
    )
  }

  for (const [name, fault, expected] of [...oddReplies(subject.kind), ...networkCases]) {
    test(
      name,
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* emulator.fault(fault)
        if (Array.isArray(expected)) {
          assert.deepStrictEqual(yield* valueOf(PluginManager.getPluginList), expected)
        } else {
          const error = yield* failureOf(PluginManager.getPluginList)
          assert.strictEqual("reason" in error ? `${error._tag}: ${error.reason}` : error._tag, expected, error.message)
        }
        // whatever happened, the next call is unharmed
        assert.isNotEmpty(yield* valueOf(PluginManager.getPluginList))
      })
    )
  }

  test(
    "follows no redirect",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.raw({ status: 307, headers: { location: `${emulator.url.href}elsewhere` } }))
      const fiber = yield* Effect.fork(failureOf(PluginManager.getPluginList))
      yield* emulator.awaitRequest(door(subject))
      if (subject.redirect === "timeout") {
        yield* TestClock.adjust("2500 millis")
      }
      assert.deepInclude(yield* Fiber.join(fiber), { _tag: "WechatTransportError", reason: subject.redirect })
      assert.notInclude(
        (yield* emulator.journal).map(({ path }) => path),
        "/elsewhere"
      )
    })
  )

  test(
    "fails at its deadline, by the Clock",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold())
      const fiber = yield* Effect.fork(failureOf(PluginManager.getPluginList))
      yield* emulator.awaitRequest(door(subject))
      yield* TestClock.adjust(subject.kind === "https" ? "9999 millis" : "2499 millis")
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1 millis")
      const error = yield* Fiber.join(fiber)
      assert.deepInclude(error, { _tag: "WechatTransportError", reason: "timeout", isRetryable: true })
      yield* emulator.release
      assert.isNotEmpty(yield* valueOf(PluginManager.getPluginList))
    })
  )

  test(
    "can be interrupted while WeChat is silent, and called again",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold())
      const fiber = yield* Effect.fork(observe(PluginManager.getPluginList))
      yield* emulator.awaitRequest(door(subject))
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.isInterrupted(yield* Fiber.await(fiber)))
      assert.isNotEmpty(yield* valueOf(PluginManager.getPluginList))
    })
  )

  it.effect("cannot reach a WeChat that is not there", () =>
    Effect.gen(function* () {
      // an emulator that has just been stopped: nobody listens at its port
      const gone = yield* Effect.provide(Emulator.Emulator, Emulator.layer())
      const error = yield* failureOf(PluginManager.getPluginList).pipe(
        Effect.provide(transport),
        Effect.provideService(Emulator.Emulator, gone)
      )
      assert.deepInclude(error, { _tag: "WechatTransportError", reason: "connection", isRetryable: true })
    })
  )
}
