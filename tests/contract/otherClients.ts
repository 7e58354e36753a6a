import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { ask } from "./platform.js"
import type { Subject } from "./subjects.js"
import { apply, refuse, remove, seen, testWith } from "./two.js"
import { door, failureOf, valueOf } from "./world.js"

/** What clients before this one were found to do wrong. What they sent wrong is in `requests`, what they gave away in `observe`. */
export const otherClients = (subject: Subject): void => {
  const test = testWith(subject)

  test("a deletion that refuses", (two) =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")(two)
      yield* refuse(two)
      yield* valueOf(remove(two))
      assert.deepStrictEqual(yield* seen(two), [[], []])
    }))

  test("an agreement without an appid", ({ owner }) =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      // @ts-expect-error it does not compile; JSON from elsewhere may have it
      const agree = PluginManager.setDevPluginApplyStatus({ action: "agree" })
      assert.strictEqual((yield* owner(Effect.flip(agree)))._tag, "InvalidPayload")
      assert.isEmpty(yield* journal)
    }))

  test("a status whose type is a string: digits are read as the number they are", ({ owner }) =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      const application = { appid: "wx1", nickname: "n", headimgurl: "h", apply_url: "u", create_time: "1" }
      const list = PluginManager.getPluginDevApplyList({ page: 1, num: 10 })
      yield* fault(Fault.body(JSON.stringify({ errcode: 0, apply_list: [{ ...application, status: "2" }] })))
      assert.strictEqual((yield* owner(valueOf(list)))[0]?.status, "approved")
      yield* fault(Fault.body(JSON.stringify({ errcode: 0, apply_list: [{ ...application, status: "two" }] })))
      assert.strictEqual((yield* owner(failureOf(list)))._tag, "WechatDecodeError")
      yield* fault(Fault.body(JSON.stringify({ errcode: 0, apply_list: [{ ...application, status: 2 }] })))
      assert.strictEqual((yield* owner(valueOf(list)))[0]?.status, "approved")
    }))

  test("a change taken for made because something came back", (two) =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      for (const answer of [
        Fault.body("<html>ok</html>", { contentType: "text/html" }),
        Fault.body("ok", { contentType: "text/plain" }),
        Fault.raw({ status: 200 })
      ]) {
        yield* fault(answer)
        const error = yield* failureOf(apply("wx-plugin")(two))
        assert.include(["WechatDecodeError", "WechatTransportError"], error._tag)
        assert.isFalse(error.isRetryable)
      }
    }))

  if (subject.kind === "cloud") {
    return
  }

  test("stable and plain token under one key", ({ applicant }) =>
    Effect.gen(function* () {
      const { appId, appSecret, journal } = yield* Emulator.Emulator
      const query = `grant_type=client_credential&appid=${appId}&secret=${Redacted.value(appSecret)}`
      /** another program of the same mini program, which renews its own token again and again */
      const another = ask(`/cgi-bin/token?${query}`)
      yield* another
      yield* applicant(valueOf(PluginManager.getPluginList))
      const { access_token } = yield* another
      yield* applicant(valueOf(PluginManager.getPluginList))
      const theirs = yield* ask(`/wxa/plugin?access_token=${access_token}`, { action: "list" })
      assert.strictEqual(theirs["errcode"], 0)
      const ours = (yield* journal).filter(({ operation }) => operation === "getStableAccessToken")
      assert.lengthOf(ours, 1)
    }))

  test("a refresh that never forces", (two) =>
    Effect.gen(function* () {
      const { expireTokens, journal } = yield* Emulator.Emulator
      yield* seen(two)
      yield* expireTokens({ stale: true })
      yield* valueOf(apply("wx-plugin")(two))
      const forced = (yield* journal).filter(
        ({ body }) => (body as { readonly force_refresh?: unknown } | undefined)?.force_refresh === true
      )
      assert.lengthOf(forced, 1)
      const applications = (yield* journal).filter(({ operation }) => operation === "pluginManager.applyPlugin")
      assert.strictEqual(applications.at(-1)?.reply.errcode, 0)
      assert.isTrue(applications.every(({ endpoint }) => endpoint === door(subject)))
    }))
}
