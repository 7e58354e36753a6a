import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Schema } from "effect"
import { Answers } from "../src/program/schema/answers.js"
import { asMiniProgram, environmentOf, name, runtime, wechat } from "./support.js"

const world = World.make({
  miniPrograms: [{ appid: "wx-applicant", nickname: "门店" }, { appid: "wx-second" }, { appid: "wx-developer" }],
  plugins: [
    { appid: "wx-map", owner: "wx-developer", nickname: "地图", versions: ["1.0.0", "2.2.46"] },
    { appid: "wx-chat", nickname: "客服", autoApproves: true }
  ],
  components: [{ appid: "wx-component", authorizations: [{ appid: "wx-applicant" }] }]
})

const answer = <A, I>(schema: Schema.Schema<A, I>, stdout: string): A =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error" })(JSON.parse(stdout))

const asDeveloper = { appid: "wx-developer" }

describe(`wechat-plugin under ${name}`, () => {
  const test = (title: string, effect: Effect.Effect<void, unknown, Emulator.Emulator>) =>
    it.live(title, () => Effect.provide(effect, Emulator.layer({ world })))

  /** runs a command that must succeed without a word on stderr */
  const ok = (args: ReadonlyArray<string>, options: { readonly appid?: string } = {}) =>
    Effect.map(asMiniProgram(args, { ...options, runtime }), ({ code, stderr, stdout }) => {
      assert.deepStrictEqual([code, stderr], [0, ""], stdout)
      return stdout.trimEnd()
    })

  const json = <A, I>(
    schema: Schema.Schema<A, I>,
    args: ReadonlyArray<string>,
    options: { readonly appid?: string } = {}
  ) =>
    Effect.map(asMiniProgram([...args, "--json"], { ...options, runtime }), ({ code, stdout }) => {
      assert.strictEqual(code, 0)
      return answer(schema, stdout)
    })

  test(
    "apply, applications, agree, wait and list work together",
    Effect.gen(function* () {
      assert.include(yield* ok(["apply", "wx-map", "--reason", "门店地图"]), "wechat-plugin wait wx-map")
      assert.strictEqual(
        yield* ok(["apply", "wx-map", "--unless-added", "--lang", "zh"]),
        "已申请使用插件 wx-map。可用 wechat-plugin wait wx-map 等待审核结果。"
      )
      const [application] = yield* json(Answers.applications, ["applications"], asDeveloper)
      assert.deepInclude(application, {
        appid: "wx-applicant",
        status: "applying",
        nickname: "门店",
        reason: "门店地图"
      })
      const table = yield* ok(["applications", "--lang", "zh"], asDeveloper)
      assert.match(
        table,
        /^appid +状态 +昵称 +申请时间 +理由 +小程序码\nwx-applicant +申请中 +门店 +\d{4}-\d\d-\d\d \d\d:\d\d +门店地图 +http.*\n\n1 个申请$/
      )
      assert.strictEqual(
        yield* ok(["agree", "wx-applicant", "--yes"], asDeveloper),
        "Approved the application of wx-applicant."
      )
      assert.strictEqual(yield* ok(["wait", "wx-map"]), "wx-map (地图) is approved.")
      assert.deepInclude(yield* json(Answers.wait, ["wait", "wx-map"]), { appid: "wx-map", status: "approved" })
      assert.deepStrictEqual(
        (yield* json(Answers.list, ["list"])).map(({ appid, status }) => [appid, status]),
        [["wx-map", "approved"]]
      )
    })
  )

  test(
    "refuse refuses an application, and delete deletes it",
    Effect.gen(function* () {
      yield* ok(["apply", "wx-map"])
      const refused = yield* json(Answers.done, ["refuse", "wx-applicant", "--reason", "仅供本市", "-y"], asDeveloper)
      assert.deepStrictEqual(refused, { done: "refuse", appid: "wx-applicant" })
      const { applications } = yield* (yield* Emulator.Emulator).world
      assert.strictEqual(applications[0]?.refuseReason, "仅供本市")
      assert.strictEqual(
        yield* ok(["delete", "wx-applicant", "-y", "--lang", "zh"], asDeveloper),
        "已删除 wx-applicant 的申请。"
      )
      assert.deepStrictEqual(yield* json(Answers.applications, ["applications"], asDeveloper), [])
    })
  )

  test(
    "applications lists one page, all pages, or one status",
    Effect.gen(function* () {
      yield* ok(["apply", "wx-map"])
      yield* ok(["apply", "wx-map"], { appid: "wx-second" })
      yield* ok(["agree", "wx-second", "-y"], asDeveloper)
      const of = (...args: ReadonlyArray<string>) =>
        Effect.map(json(Answers.applications, ["applications", ...args], asDeveloper), (list) =>
          list.map(({ appid }) => appid).sort()
        )
      assert.deepStrictEqual(yield* of("--num", "1"), ["wx-applicant", "wx-second"])
      assert.lengthOf(yield* of("--page", "2", "--num", "1"), 1)
      assert.deepStrictEqual(yield* of("--status", "applying"), ["wx-applicant"])
    })
  )

  test(
    "openpid exchanges a code of the plugin's user, once",
    Effect.gen(function* () {
      const { pluginLogin } = yield* Emulator.Emulator
      const login = pluginLogin({ plugin: "wx-map", user: "user-1" })
      const openpid = yield* ok(["openpid", yield* login], asDeveloper)
      assert.match(openpid, /^G[\w-]{27}$/)
      const code = yield* login
      assert.deepStrictEqual(yield* json(Answers.openpid, ["openpid", code], asDeveloper), { openpid })
      const used = yield* asMiniProgram(["openpid", code], { ...asDeveloper, runtime })
      assert.deepStrictEqual([used.code, used.stdout], [3, ""])
      assert.match(used.stderr, /wx\.pluginLogin.*1007/s)
    })
  )

  test(
    "unbind removes a plugin",
    Effect.gen(function* () {
      yield* ok(["apply", "wx-chat"])
      assert.strictEqual(yield* ok(["unbind", "wx-chat", "--yes"]), "Removed wx-chat.")
      assert.deepStrictEqual(yield* json(Answers.list, ["list"]), [])
    })
  )

  test(
    "update requires the token of a third-party platform",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* ok(["apply", "wx-map"])
      yield* ok(["agree", "wx-applicant", "-y"], asDeveloper)
      const refused = yield* asMiniProgram(["update", "wx-map", "2.2.46", "-y"], { runtime })
      assert.strictEqual(refused.code, 4)
      assert.include(refused.stderr, "WECHAT_ACCESS_TOKEN")
      const env = { WECHAT_BASE_URL: emulator.url.origin, WECHAT_ACCESS_TOKEN: yield* authorizerToken }
      const updated = yield* wechat(["update", "wx-map", "2.2.46", "-y"], env, runtime)
      assert.deepStrictEqual(updated, { code: 0, stderr: "", stdout: "Updated wx-map to 2.2.46.\n" })
      const { applications } = yield* emulator.world
      assert.strictEqual(applications[0]?.userVersion, "2.2.46")
    })
  )

  test(
    "token shows the source and the expiry, and fails if the token has expired",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const about = yield* json(Answers.token, ["token"])
      assert.deepInclude(about, {
        appid: "wx-applicant",
        source: { zh: "环境变量 WECHAT_SECRET", en: "WECHAT_SECRET" }
      })
      assert.approximately(about.expiresInSeconds!, 7200, 60)
      assert.match(
        yield* ok(["token", "--lang", "zh"]),
        /^小程序： {2}wx-applicant\n凭证来源：环境变量 WECHAT_SECRET\n令牌参数：access_token\n失效时间：\d{4}-\d\d-\d\d \d\d:\d\d（还有 1 小时 59 分钟）$/
      )
      const env = {
        WECHAT_BASE_URL: emulator.url.origin,
        WECHAT_ACCESS_TOKEN: Redacted.value(yield* emulator.issueToken)
      }
      const given = yield* wechat(["token"], env, runtime)
      assert.include(given.stdout, "expires:       unknown (not fetched by this command)")
      yield* emulator.expireTokens()
      const dead = yield* wechat(["token"], env, runtime)
      assert.deepStrictEqual([dead.code, dead.stdout], [4, ""])
      assert.include(dead.stderr, "40001")
    })
  )

  test(
    "errors explains one, several or all errcodes, reads a log line, and refuses unknown ones",
    Effect.gen(function* () {
      assert.match(
        yield* ok(["errors", "40164"]),
        /^40164 {2}IpNotAllowed\n {2}本机的出口 IP 不在白名单中 → 请把 errmsg.*\n {2}the IP address .* → Add the outgoing IP.*\n {2}any operation$/
      )
      const codes = (...args: ReadonlyArray<string>) =>
        Effect.map(json(Answers.errors, ["errors", ...args]), (rows) => rows.map(({ errcode }) => errcode))
      assert.deepStrictEqual(
        yield* codes("89237", "errcode: 40001, invalid credential rid: 61725984-6126f6f9-040f19c4"),
        [40001, 40001, 89237]
      )
      assert.deepStrictEqual(yield* codes("-1"), [-1])
      assert.isAbove((yield* codes()).length, 80)
      for (const words of [["whitelist"], ["white", "list"], ["白名单"], ["IpNotAllowed"], ["the ip WHITE-LIST"]]) {
        assert.deepStrictEqual(yield* codes(...words), [40164], words.join(" "))
      }
      assert.deepStrictEqual(yield* codes("40013", "quick", "update"), [40013, 89257])
      const nothing = yield* asMiniProgram(["errors", "whitelist", "灰度"], { runtime })
      assert.match(nothing.stderr, /^error: unknown errcode: whitelist, 灰度 → Try another word/)
      const unknown = yield* asMiniProgram(["errors", "12345", "--lang", "zh"], { runtime })
      assert.deepStrictEqual([unknown.code, unknown.stdout], [2, ""])
      assert.include(unknown.stderr, "没有收录：12345")
      assert.deepStrictEqual(yield* (yield* Emulator.Emulator).journal, [])
    })
  )

  /** runs `--watch` for five requests: no plugin, a transient error, a plugin, the same plugin, and an error that ends it */
  const watch = (...args: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const on = "pluginManager.getPluginList" as const
      yield* emulator.fault(Fault.errcode(40164, { on, nth: 5 }))
      yield* emulator.fault(Fault.errcode(-1, { on, nth: 2 }))
      const change = Effect.gen(function* () {
        yield* emulator.awaitRequest("plugin")
        yield* emulator.setPlugins([{ appid: "wx-map", status: 2, nickname: "地图", headimgurl: "http://h" }])
      })
      const command = wechat(["list", "--watch", "--every", "1s", ...args], environmentOf(emulator), runtime)
      const [outcome] = yield* Effect.all([command, change], { concurrency: 2 })
      assert.strictEqual(outcome.code, 4)
      assert.match(outcome.stderr, /\(-1 .*\n.*40164/)
      return outcome.stdout.trimEnd().split("\n")
    })

  test(
    "list --watch prints the list, then the changes, and goes on after a transient error",
    Effect.gen(function* () {
      yield* (yield* Emulator.Emulator).setPlugins([
        { appid: "wx-map", status: 1, nickname: "地图", headimgurl: "http://h" },
        { appid: "wx-chat", status: 2, nickname: "客服", headimgurl: "http://h" }
      ])
      const [head, ...lines] = yield* watch()
      assert.match(head!, /^appid +status/)
      assert.match(lines[0]!, /^wx-map +applying/)
      assert.match(lines[2]!, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {3}wx-map 地图: applying → approved$/)
      assert.match(lines[3]!, /^\d{4}-\S+ \S+ - wx-chat 客服$/)
      assert.lengthOf(lines, 4)
    })
  )

  test(
    "list --watch --json prints one line for each list that is different",
    Effect.gen(function* () {
      const lines = yield* watch("--json")
      const lists = lines.slice(0, -1).map((line) => answer(Answers.list, line).map(({ appid }) => appid))
      assert.deepStrictEqual(lists, [[], ["wx-map"]])
      assert.strictEqual(answer(Answers.error, lines.at(-1)!).error.errcode, 40164)
    })
  )
})

/** Gets an authorizer token as a third-party platform does. */
const authorizerToken = Effect.gen(function* () {
  const { url, world } = yield* Emulator.Emulator
  const [platform] = (yield* world).components
  const post = (path: string, body: object) =>
    Effect.promise(
      async () =>
        (await fetch(new URL(path, url), { method: "POST", body: JSON.stringify(body) })).json() as Promise<
          Record<string, string>
        >
    )
  const { component_access_token } = yield* post("/cgi-bin/component/api_component_token", {
    component_appid: platform!.appid,
    component_appsecret: Redacted.value(platform!.appSecret),
    component_verify_ticket: Redacted.value(platform!.verifyTicket)
  })
  const { authorizer_access_token } = yield* post(
    `/cgi-bin/component/api_authorizer_token?component_access_token=${component_access_token}`,
    {
      component_appid: platform!.appid,
      authorizer_appid: "wx-applicant",
      authorizer_refresh_token: Redacted.value(platform!.authorizations[0]!.refreshToken)
    }
  )
  return authorizer_access_token!
})
