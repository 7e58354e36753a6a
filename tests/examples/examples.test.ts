import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted, type Scope, Schema } from "effect"
import { httpProxy } from "@effect-wechat/test-support/httpProxy"
import { root, run, runtimes } from "@effect-wechat/test-support/process"
import { Answer } from "../../examples/cloud-function/answer.js"

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

    const test = (name: string, effect: Effect.Effect<void, unknown, Emulator.Emulator | Scope.Scope>) =>
      it.scopedLive(name, () => Effect.provide(effect, Emulator.layer()))

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

    for (const folder of ["getPluginList", "bundled/getPluginList"]) {
      test(
        `cloud-function: the folder ${folder} as it is deployed, over warm calls`,
        Effect.gen(function* () {
          const emulator = yield* Emulator.Emulator
          const built = yield* Effect.promise(() => run("node", ["examples/cloud-function/build.mjs"]))
          assert.strictEqual(built.code, 0, built.stderr)
          // the platform requires the folder once, and calls `main` for each event
          const platform = `
          const { main } = require(${JSON.stringify(`${root}examples/cloud-function/${folder}`)})
          main({}, {})
            .then((first) => main({}, {}).then((second) => main({}, {}).then((third) => [first, second, third])))
            .then((answers) => console.log(JSON.stringify(answers)))`
          yield* emulator.fault(Fault.gatewayError(-604101))
          const { cloudFunction } = environmentOf(emulator)
          // Bun warns of `url.parse` in the SDK where it is part of the bundle
          const { code, stderr, stdout } = yield* Effect.promise(() =>
            run(command, ["-e", platform], { env: { ...cloudFunction, NODE_NO_WARNINGS: "1" } })
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
          assert.deepStrictEqual<unknown>(Schema.encodeSync(Answer)(decodeAnswer(first)), first)
          assert.deepStrictEqual<unknown>(Schema.encodeSync(Answer)(decodeAnswer(second)), second)
        })
      )
    }

    test(
      "compose: many mini programs at once, each with its own trouble, over transports built once",
      Effect.gen(function* () {
        const plugin = { appid: "wxplugin", nickname: "n", headimgurl: "h" }
        const plugins = [1, 2, 3, 4].map((status) => ({ ...plugin, status }))
        const build = Effect.fnUntraced(function* (appid: string) {
          const world = World.make({ miniPrograms: [{ appid }] })
          const emulator = Context.get(yield* Layer.build(Emulator.layer({ world })), Emulator.Emulator)
          yield* emulator.setPlugins(plugins)
          return emulator
        })
        const names = ["fine", "busy", "slow", "barred", "spent", "unknown"] as const
        const [fine, busy, slow, barred, spent, unknown] = yield* Effect.all(names.map((name) => build(`wx${name}`)))
        yield* busy!.fault(Fault.errcode(-1, { times: 2 }))
        yield* slow!.fault(Fault.hold())
        yield* barred!.fault(Fault.errcode(40164, { errmsg: "invalid ip 1.2.3.4", on: "token", times: 2 }))
        yield* spent!.fault(Fault.errcode(45009, { times: 2 }))
        const env: Record<string, string> = {
          WECHAT_APPIDS: names.map((name) => `wx${name}`).join(","),
          WECHAT_ROUNDS: "2",
          WECHAT_PAUSE: "100 millis"
        }
        for (const { appId, appSecret, url } of [fine!, busy!, slow!, barred!, spent!, unknown!]) {
          env[`WECHAT_${appId}_SECRET`] = Redacted.value(appSecret)
          env[`WECHAT_${appId}_BASE_URL`] = url.href
        }
        env["WECHAT_wxunknown_SECRET"] = "another"
        const { code, stderr, stdout } = yield* example("compose/main.ts", env)
        assert.deepStrictEqual([code, stderr], [0, ""])
        const lines = stdout.trim().split("\n")
        const listed = /^4 plugins, 1 waiting for an answer$/
        for (const [at, patterns] of [
          [0, [listed, listed]],
          [1, [listed, listed]],
          [2, [/^no answer within 3 seconds$/, listed]],
          [3, [/^for its owner: .*invalid ip 1\.2\.3\.4/, /^for its owner: /]],
          [4, [/^DailyQuotaExceeded: Today's calls/, /^DailyQuotaExceeded: /]],
          [5, [/^for its owner: Check the app secret/, /^for its owner: Check the app secret/]]
        ] as const) {
          for (const [round, pattern] of patterns.entries()) {
            const [appId, said] = lines[at + round * names.length]!.split(/: ([^]*)/)
            assert.strictEqual(appId, `wx${names[at]}`)
            assert.match(said!, pattern)
          }
        }
        const endpoints = Effect.map(fine!.journal, (entries) => entries.map(({ endpoint }) => endpoint))
        assert.deepStrictEqual(yield* endpoints, ["token", "plugin", "plugin"])
      })
    )

    test(
      "promise: a script without Effect gets arrays, and our classes to catch",
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { https } = environmentOf(emulator)
        const listed = yield* example("promise/main.ts", https)
        assert.deepStrictEqual([listed.code, listed.stderr], [0, ""])
        assert.match(listed.stdout, /^aaaa 插件昵称: applying\n/)
        assert.deepStrictEqual(
          (yield* emulator.journal).map(({ endpoint }) => endpoint),
          ["token", "plugin", "plugin"]
        )
        yield* emulator.fault(Fault.errcode(40164, { errmsg: "invalid ip 1.2.3.4", on: "token" }))
        const refused = yield* example("promise/main.ts", https)
        assert.deepStrictEqual([refused.code, refused.stdout], [1, ""])
        assert.match(refused.stderr, /^40164 invalid ip 1\.2\.3\.4: Add the outgoing IP/)
        const wrong = yield* example("promise/main.ts", { ...https, WECHAT_SECRET: "another" })
        assert.match(wrong.stderr, /^InvalidAppSecret: /)
        const { WECHAT_SECRET: _, ...missing } = https
        const unset = yield* example("promise/main.ts", missing)
        assert.strictEqual(unset.code, 1)
        assert.include(unset.stderr, "WECHAT_SECRET")
      })
    )

    test(
      "telemetry: spans and metrics say what happened, and no secret",
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { https } = environmentOf(emulator)
        const token = Redacted.value(yield* emulator.issueToken)
        yield* emulator.fault(Fault.errcode(-1))
        const { code, stderr, stdout } = yield* example("telemetry/main.ts", https)
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.include(stdout, "4 plugins\n")
        // Node and Bun print an object with quotes of their own
        const printed = stdout.replaceAll('"', "'")
        for (const attribute of [
          "name: 'pluginManager.getPluginList'",
          "'wechat.transport': 'https'",
          `'server.address': '${emulator.url.hostname}'`,
          "'url.path': '/wxa/plugin'",
          "'wechat.errcode': -1",
          "'wechat.errcode': 0",
          "'exception.type': 'WechatSystemError'",
          "name: 'report'",
          "name: 'wechat.calls'",
          "outcome: 'WechatSystemError'",
          "outcome: 'ok'",
          "errcode: '-1'",
          "errcode: '0'",
          "name: 'wechat.call.duration'"
        ]) {
          assert.include(printed, attribute)
        }
        const traces = new Set([...printed.matchAll(/traceId: '(\w+)'/g)].map(([, id]) => id))
        assert.lengthOf(traces, 1, "a call's span is a child of the caller's")
        const used = (yield* emulator.journal).flatMap(({ credential }) => credential ?? [])
        assert.deepStrictEqual(
          used.map(({ value }) => Redacted.value(value)),
          [token, token]
        )
        for (const secret of [token, https.WECHAT_SECRET, "access_token"]) {
          assert.notInclude(stdout, secret)
        }
      })
    )

    test(
      "fleet: two sweeps with a bulk change in between, and what is different",
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* example("fleet/main.ts", {})
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.strictEqual(
          stdout,
          [
            "Monday: 299 listed, 1 failed",
            "    门店地图, approved: 296",
            "    门店地图, applying: 3",
            "    credential, WechatTransportError: 1",
            "The first five shops apply for points: 5 changed",
            "Wednesday: 299 listed, 1 failed",
            "What is different:",
            ...[0, 1, 2, 3, 4].map((at) => `    wx-shop-00${at} 会员积分: absent -> approved`),
            ...[0, 1, 2].map((at) => `    wx-shop-${at}07 门店地图: applying -> timeout`),
            ""
          ].join("\n")
        )
      })
    )

    test(
      "plugin-story: from application to approval to update to unbinding, by both parties",
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* example("plugin-story/main.ts", {})
        assert.deepStrictEqual([code, stderr], [0, ""])
        const seen = [...stdout.matchAll(/^    (shop|developer) sees: (?:门店地图, |花店, )?([\w ]+)/gm)]
        assert.deepStrictEqual(
          seen.map(([, who, what]) => `${who} ${what}`),
          ["applying ", "timed out ", "refused ", "approved ", "nothing"].flatMap((what) => [
            `shop ${what}`,
            `developer ${what}`
          ])
        )
        for (const said of [
          "\n    89243: A pending application cannot be deleted within 24 hours",
          "\n    89257: Check the version",
          "\n    wx-store-map is at 1.1.0\n"
        ]) {
          assert.include(stdout, said)
        }
      })
    )

    test(
      "central-token: two programs, one service that asks WeChat, and a token that dies early",
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* example("central-token/main.ts", {})
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.lengthOf(stdout.match(/^4 plugins, 4 plugins$/gm) ?? [], 2)
        // the first, the dead one once more, and the one that is forced
        assert.include(stdout, "\nWeChat was asked for a token 3 times.\n")
      })
    )

    const throughProxy = (file: string, how: RegExp) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const proxy = yield* httpProxy
        const env = { ...environmentOf(emulator).https, PROXY_URL: proxy.url }
        const { code, stderr, stdout } = yield* example(file, env)
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.match(stdout, /^aaaa applying\n/)
        assert.isNotEmpty(proxy.seen)
        for (const line of proxy.seen) {
          assert.match(line, how)
          assert.include(line, emulator.url.host)
        }
        // the proxy sees whatever is not in a tunnel; beside the proxy nothing may go
        const { length } = yield* emulator.journal
        assert.strictEqual(length, 2)
        const unreachable = yield* example(file, { ...env, PROXY_URL: "http://127.0.0.1:9" })
        assert.notStrictEqual(unreachable.code, 0)
        assert.lengthOf(yield* emulator.journal, length)
      })

    if (runtime === "Bun") {
      test(
        "proxy: fetch, which forwards plain http (undici does not run on Bun)",
        throughProxy("proxy/fetch.ts", /^POST /)
      )
    } else {
      test("proxy: fetch, in a tunnel", throughProxy("proxy/fetch.ts", /^CONNECT /))
      test("proxy: undici, in a tunnel (Node only)", throughProxy("proxy/undici.ts", /^CONNECT /))
    }
  })
}

/** what a mini program does with the answer */
const decodeAnswer = Schema.decodeUnknownSync(Answer)

const decodeError = Schema.decodeUnknownSync(PluginManagerError.PluginManagerError)
