import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { overSdk } from "./subjects.js"
import { suite } from "./suite.js"
import { failureOf } from "./world.js"

/** the SDK in both of its current lines */
for (const subject of [
  overSdk("wx-server-sdk", { redirect: "status" }),
  overSdk("wx-server-sdk-3", { redirect: "timeout" })
]) {
  suite(subject)

  it.effect(`a key that the gateway does not know is no passing trouble, by ${subject.name}`, () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const error = yield* failureOf(PluginManager.getPluginList).pipe(
        Effect.provide(subject.transport(emulator.appId)),
        Effect.provideService(Emulator.Emulator, { ...emulator, secretId: "AKIDwrong" })
      )
      assert.deepInclude({ ...error }, { _tag: "CloudRequestInvalid", endpoint: "gateway", isRetryable: false })
    }).pipe(Effect.provide(Emulator.layer()))
  )
}
