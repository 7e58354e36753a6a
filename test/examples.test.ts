import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Schema } from "effect"
import { root, run, runtimes } from "./process.js"

const environmentOf = ({ appId, appSecret, gatewayUrl, secretId, secretKey, url }: Emulator.Emulator.Service) => ({
  https: { WECHAT_APPID: appId, WECHAT_SECRET: Redacted.value(appSecret), WECHAT_BASE_URL: url.href },
  cloud: {
    CLOUD_ENV: "example-env",
    CLOUD_SERVICE_URL: gatewayUrl,
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
  },
  /** what the platform sets in a cloud function, the gateway's address included */
  cloudFunction: {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: gatewayUrl }),
    TCB_CONTEXT_KEYS: "TCB_ENV",
    TCB_ENV: "example-env",
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
  }
})

for (const [runtime, command, args] of runtimes) {
  describe(`examples under ${runtime}`, () => {
    const example = (file: string, env: Record<string, string>) =>
      Effect.promise(() => run(command, [...args, `examples/${file}`], { env }))

    const test = (name: string, effect: Effect.Effect<void, unknown, Emulator.Emulator>) =>
      it.live(name, () => Effect.provide(effect, Emulator.layer()))

    test(
      "list-https",
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { https } = environmentOf(emulator)
        const { code, stderr, stdout } = yield* example("list-https/main.ts", https)
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.match(stdout, /^aaaa 插件昵称: 申请中\n/)
        assert.lengthOf(stdout.trim().split("\n"), 4)
        yield* emulator.fault(Fault.errcode(40164, { errmsg: "invalid ip 1.2.3.4, not in whitelist", on: "token" }))
        const refused = yield* example("list-https/main.ts", https)
        assert.match(refused.stderr, /invalid ip 1\.2\.3\.4[^]*white list/)
      })
    )

    test(
      "swap-by-environment: the same program over both transports",
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { cloud, https } = environmentOf(emulator)
        const overHttps = yield* example("swap-by-environment/main.ts", { ...https, WECHAT_TRANSPORT: "https" })
        const overCloud = yield* example("swap-by-environment/main.ts", { ...cloud, WECHAT_TRANSPORT: "cloud" })
        assert.deepStrictEqual(overHttps, overCloud)
        assert.deepStrictEqual([overHttps.code, overHttps.stderr], [0, ""])
        assert.match(overHttps.stdout, /^aaaa applying\n/)
        assert.deepStrictEqual(
          (yield* emulator.journal).map(({ endpoint }) => endpoint),
          ["token", "plugin", "gateway"]
        )
        const neither = yield* example("swap-by-environment/main.ts", { ...https, WECHAT_TRANSPORT: "pigeon" })
        assert.notStrictEqual(neither.code, 0)
        assert.include(neither.stderr, "WECHAT_TRANSPORT")
      })
    )

    test(
      "cloud-function: the folder as it is deployed, over warm calls",
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const built = yield* Effect.promise(() => run("node", ["examples/cloud-function/build.mjs"]))
        assert.strictEqual(built.code, 0, built.stderr)
        // the platform requires the folder once, and calls `main` for each event
        const platform = `
          const { main } = require(${JSON.stringify(`${root}examples/cloud-function/getPluginList`)})
          main({}, {})
            .then((first) => main({}, {}).then((second) => main({}, {}).then((third) => [first, second, third])))
            .then((answers) => console.log(JSON.stringify(answers)))`
        yield* emulator.fault(Fault.gatewayError(-604101))
        const { cloudFunction } = environmentOf(emulator)
        const { code, stderr, stdout } = yield* Effect.promise(() =>
          run(command, ["-e", platform], { env: cloudFunction })
        )
        assert.deepStrictEqual([code, stderr], [0, ""])
        const [first, second, third] = JSON.parse(stdout) as ReadonlyArray<{
          readonly error?: { readonly _tag: string; readonly errcode: number }
          readonly plugins?: ReadonlyArray<object>
        }>
        assert.deepInclude(first?.error, { _tag: "CloudPermissionMissing", errcode: -604101 })
        assert.deepStrictEqual(second?.plugins, yield* emulator.plugins)
        assert.deepStrictEqual(third, second)
        assert.isTrue(PluginManagerError.isPluginManagerError(decodeError(first?.error)))
      })
    )
  })
}

/** what a mini program does with the answer */
const decodeError = Schema.decodeUnknownSync(PluginManagerError.PluginManagerError)
