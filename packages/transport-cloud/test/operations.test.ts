import {
  PluginManager,
  type PluginManagerError,
  ThirdPartyPlatform,
  type Transport
} from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { fake } from "./support.js"

/** Requests and replies in the words of the pages' cloud calls, written by hand; what else the SDK does is in its own tests. */
const calls: ReadonlyArray<
  readonly [
    name: string,
    program: Effect.Effect<void, PluginManagerError.PluginManagerError, Transport.Transport>,
    data: object
  ]
> = [
  [
    "applyPlugin",
    PluginManager.applyPlugin({ pluginAppid: "aaaa", reason: "hello" }),
    { action: "apply", pluginAppid: "aaaa", reason: "hello" }
  ],
  ["unbindPlugin", PluginManager.unbindPlugin({ pluginAppid: "aaaa" }), { action: "unbind", pluginAppid: "aaaa" }],
  [
    "setDevPluginApplyStatus",
    PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "aaaa" }),
    { action: "dev_agree", appid: "aaaa" }
  ],
  [
    "setDevPluginApplyStatus",
    PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "refuse reason" }),
    { action: "dev_refuse", reason: "refuse reason" }
  ],
  [
    "setDevPluginApplyStatus",
    PluginManager.setDevPluginApplyStatus({ action: "delete", appid: "aaaa" }),
    { action: "dev_delete", appid: "aaaa" }
  ]
]

const answering = (answer: (request: { readonly api: string; readonly data: unknown }) => unknown) =>
  CloudTransport.layer({ cloud: fake((request) => Promise.resolve(answer(request))), credentials: "preset" })

const ok = (api: string) => ({ errCode: 0, errMsg: `openapi.${api}:ok` })

describe("the operations by a cloud call", () => {
  it.effect("say what they do in camelCase, and need nothing but the SDK's word for it", () =>
    Effect.forEach(calls, ([name, program, documented]) =>
      Effect.gen(function* () {
        const sent: Array<unknown> = []
        const layer = answering(({ api, data }) => {
          sent.push([api, JSON.parse(JSON.stringify(data))])
          return ok(api)
        })
        assert.isUndefined(yield* Effect.provide(program, layer))
        assert.deepStrictEqual(sent, [[`pluginManager.${name}`, documented]])
      })
    )
  )

  it.effect("take no empty body, and no text, for a change that was made", () =>
    Effect.gen(function* () {
      for (const raw of [
        { contentType: "", buffer: Buffer.alloc(0) },
        { contentType: "text/html", buffer: Buffer.from("<html>") },
        // what the SDK makes of text/plain that is no JSON
        { result: "<html>502 Bad Gateway</html>" }
      ]) {
        const layer = answering(({ api }) => ({ ...raw, ...ok(api) }))
        const error = yield* Effect.flip(Effect.provide(PluginManager.unbindPlugin({ pluginAppid: "aaaa" }), layer))
        assert.strictEqual(error._tag, "WechatDecodeError")
      }
    })
  )

  it.effect("read the developer's list", () =>
    Effect.gen(function* () {
      const sent: Array<unknown> = []
      const layer = answering(({ api, data }) => {
        sent.push([api, data])
        return {
          applyList: [
            {
              appid: "xxxxxxxxxxxxx",
              status: 1,
              nickname: "名称",
              headimgurl: "http://wx.qlogo.cn/0",
              reason: "polo has gone",
              applyUrl: "http://mmbiz.qpic.cn/0",
              createTime: "1536305096",
              categories: [{ first: "IT科技", second: "硬件与设备" }]
            }
          ],
          ...ok(api)
        }
      })
      const [application] = yield* Effect.provide(PluginManager.getPluginDevApplyList({ page: 1, num: 10 }), layer)
      const { createTime, ...rest } = application!
      assert.strictEqual(DateTime.formatIso(createTime), "2018-09-07T07:24:56.000Z")
      assert.deepStrictEqual(rest, {
        appid: "xxxxxxxxxxxxx",
        status: "applying",
        nickname: "名称",
        headimgurl: "http://wx.qlogo.cn/0",
        reason: "polo has gone",
        applyUrl: "http://mmbiz.qpic.cn/0",
        categories: [{ first: "IT科技", second: "硬件与设备" }]
      })
      assert.deepStrictEqual(sent, [
        ["pluginManager.getPluginDevApplyList", { action: "dev_apply_list", page: 1, num: 10 }]
      ])
    })
  )

  it("updatePlugin is none of them: it does not compile", () => {
    const layer = answering(() => ({}))
    const update = Effect.provide(PluginManager.updatePlugin({ pluginAppid: "aaaa", userVersion: "2.2.46" }), layer)
    // @ts-expect-error ThirdPartyPlatform is missing
    const unrunnable: Effect.Effect<void, unknown> = update
    // with it, whoever provides it, it would
    const runnable: Effect.Effect<void, unknown> = Effect.provide(
      unrunnable,
      Layer.succeed(ThirdPartyPlatform.ThirdPartyPlatform, {})
    )
    assert.isTrue(Effect.isEffect(runnable))
  })
})
