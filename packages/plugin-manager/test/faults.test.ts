import { PluginApplication, PluginManager, Plugin, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, Schema } from "effect"

/** what an operation sends */
const sent = (program: Effect.Effect<unknown, unknown, Transport.Transport>) =>
  Effect.gen(function* () {
    const calls: Array<Transport.Call> = []
    const call = (call: Transport.Call) => {
      calls.push(call)
      return Effect.succeed(Transport.reply({ errcode: 0, errmsg: "ok" }))
    }
    yield* Effect.exit(Effect.provideService(program, Transport.Transport, { call }))
    return calls
  })

describe("faults that other clients were found to have", () => {
  it.effect("the wrong path: cgi-bin/wxa/plugin", () =>
    Effect.gen(function* () {
      const [list] = yield* sent(PluginManager.getPluginList)
      const [unbind] = yield* sent(PluginManager.unbindPlugin({ pluginAppid: "wx1" }))
      assert.deepStrictEqual([list?.path, unbind?.path], ["/wxa/plugin", "/wxa/plugin"])
    })
  )

  it.effect("dev_delete sent as dev_refuse", () =>
    Effect.gen(function* () {
      const [call] = yield* sent(PluginManager.setDevPluginApplyStatus({ action: "delete", appid: "wx1" }))
      assert.strictEqual(call?.body.action, "dev_delete")
    })
  )

  it.effect("devplugin actions posted to /wxa/plugin", () =>
    Effect.gen(function* () {
      const calls = yield* sent(
        Effect.all([
          PluginManager.getPluginDevApplyList({ page: 1, num: 10 }),
          PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "wx1" }),
          PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "r" }),
          PluginManager.setDevPluginApplyStatus({ action: "delete" })
        ])
      )
      assert.deepStrictEqual(
        calls.map(({ body, path }) => [path, body.action]),
        ["dev_apply_list", "dev_agree", "dev_refuse", "dev_delete"].map((action) => ["/wxa/devplugin", action])
      )
    })
  )

  it.effect("dev_agree without an appid", () =>
    Effect.gen(function* () {
      for (const payload of [{ action: "agree" }, { action: "agree", appid: "" }, { action: "agree", appid: null }]) {
        // JSON from elsewhere
        assert.isEmpty(yield* sent(PluginManager.setDevPluginApplyStatus(payload as never)))
      }
      const [call] = yield* sent(PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "wx1" }))
      assert.strictEqual(call?.body.appid, "wx1")
    })
  )

  it("a null reason that throws", () => {
    const plugin = { appid: "wx1", status: 2, nickname: "n", headimgurl: "h", reason: null }
    assert.notProperty(Schema.decodeUnknownSync(Plugin.Plugin)(plugin), "reason")
    const application = { ...plugin, apply_url: "u", create_time: "1536305096", categories: [] }
    assert.notProperty(Schema.decodeUnknownSync(PluginApplication.PluginApplication)(application), "reason")
  })

  it("a status whose type is a string", () => {
    for (const record of [Plugin.Plugin, PluginApplication.PluginApplication]) {
      const decode = Schema.decodeUnknownEither(record as Schema.Schema<unknown>)
      const wire = { appid: "wx1", nickname: "n", headimgurl: "h", apply_url: "u", create_time: "1", categories: [] }
      assert.isTrue(Either.isRight(decode({ ...wire, status: 2 })))
      // a number for programs, although WeChat may send digits
      assert.deepStrictEqual(decode({ ...wire, status: "2" }), decode({ ...wire, status: 2 }))
      assert.isTrue(Either.isLeft(decode({ ...wire, status: "approved" })))
    }
  })
})
