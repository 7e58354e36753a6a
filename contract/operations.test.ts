import { PluginManager, type PluginManagerError, ThirdPartyPlatform, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { operationCases } from "./errcodes.js"

const { getPluginList, applyPlugin, getPluginDevApplyList, setDevPluginApplyStatus, unbindPlugin, updatePlugin } =
  PluginManager

const operations: Readonly<
  Record<
    string,
    Effect.Effect<
      unknown,
      PluginManagerError.PluginManagerError,
      Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform
    >
  >
> = {
  getPluginList,
  applyPlugin: applyPlugin({ pluginAppid: "wx1" }),
  unbindPlugin: unbindPlugin({ pluginAppid: "wx1" }),
  updatePlugin: updatePlugin({ pluginAppid: "wx1", userVersion: "2.2.46" }),
  getPluginDevApplyList: getPluginDevApplyList({ page: 1, num: 10 }),
  setDevPluginApplyStatus: setDevPluginApplyStatus({ action: "agree", appid: "wx1" })
}

describe("the errcodes of every operation", () => {
  for (const [name, operation] of Object.entries(operations)) {
    it.effect(name, () =>
      Effect.gen(function* () {
        for (const { errcode, tag } of operationCases(name)) {
          const answer = Effect.succeed({ errcode, errmsg: `text of ${errcode}` })
          const error: object = yield* Effect.flip(operation).pipe(
            Effect.provide(Transport.layerTest({ [`pluginManager.${name}`]: () => answer })),
            Effect.provideService(ThirdPartyPlatform.ThirdPartyPlatform, {})
          )
          assert.deepInclude(
            { ...error },
            { _tag: tag, errcode, errmsg: `text of ${errcode}`, api: `pluginManager.${name}`, isRetryable: false }
          )
        }
      })
    )
  }
})
