/**
 * Runs `main.ts` with three mini programs of an emulator, two of which have a trouble.
 */
import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { Context, Effect, Layer, Redacted } from "effect"

const appIds = ["wx-fine", "wx-barred", "wx-slow"]

const world = (appid: string) =>
  World.make({
    miniPrograms: [{ appid }],
    plugins: [{ appid: "wx-map", nickname: "门店地图" }],
    applications: [{ applicant: appid, plugin: "wx-map" }]
  })

const faults: Readonly<Record<string, Fault.Fault>> = {
  "wx-barred": Fault.errcode(40164, { errmsg: "invalid ip 1.2.3.4, not in whitelist", on: "token" }),
  "wx-slow": Fault.hold()
}

const program = Effect.gen(function* () {
  process.env["WECHAT_APPIDS"] = appIds.join(",")
  for (const appId of appIds) {
    const wechat = Context.get(yield* Layer.build(Emulator.layer({ world: world(appId) })), Emulator.Emulator)
    process.env[`WECHAT_${appId}_SECRET`] = Redacted.value(wechat.appSecret)
    process.env[`WECHAT_${appId}_BASE_URL`] = wechat.url.href
    const fault = faults[appId]
    if (fault !== undefined) {
      yield* wechat.fault(fault)
    }
  }
  yield* Effect.promise(() => import("./main.js"))
})

await Effect.runPromise(Effect.scoped(program))
