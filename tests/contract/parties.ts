import { PluginApplication, PluginManager } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { Chunk, Clock, Effect, Schedule, Stream, TestClock } from "effect"
import type { Subject } from "./subjects.js"
import { agree, apply, as, refuse, remove, seen, testWith, unbind, world } from "./two.js"
import { failureOf, valueOf } from "./world.js"

const nobody: Effect.Effect.Success<ReturnType<typeof seen>> = [[], []]

/** What becomes of an application, seen from both sides. */
export const parties = (subject: Subject): void => {
  const test = testWith(subject)

  test("an application is seen by both, approved, and unbound", (two) =>
    Effect.gen(function* () {
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(yield* seen(two), nobody)
      assert.isUndefined(yield* valueOf(apply("wx-plugin")(two)))
      const [application] = yield* two.owner(PluginManager.getPluginDevApplyList({ page: 1, num: 10 }))
      const { applyUrl, categories, headimgurl, nickname } = world.miniPrograms[0]
      assert.deepInclude(application, {
        appid: "wx-applicant",
        status: "applying",
        nickname,
        headimgurl,
        applyUrl,
        categories,
        reason: '门店 "地图"'
      })
      assert.strictEqual(application?.createTime.epochMillis, yield* Clock.currentTimeMillis)
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin applying"], ["wx-applicant applying"]])
      assert.isUndefined(yield* valueOf(agree(two)))
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin approved"], ["wx-applicant approved"]])
      assert.isUndefined(yield* valueOf(unbind("wx-plugin")(two)))
      assert.deepStrictEqual(yield* seen(two), nobody)
    }))

  test("a refused one is seen by both, and may be made again", (two) =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")(two)
      assert.isUndefined(yield* valueOf(refuse(two)))
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin refused"], ["wx-applicant refused"]])
      yield* apply("wx-plugin")(two)
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin applying"], ["wx-applicant applying"]])
    }))

  test("one that nobody decides times out, and the owner deletes it", (two) =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")(two)
      yield* TestClock.adjust("48 hours")
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin timeout"], ["wx-applicant timeout"]])
      assert.isUndefined(yield* valueOf(remove(two)))
      assert.deepStrictEqual(yield* seen(two), nobody)
    }))

  test("a pending one may be taken back after 24 hours", (two) =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")(two)
      yield* TestClock.adjust("24 hours")
      yield* valueOf(unbind("wx-plugin")(two))
      assert.deepStrictEqual(yield* seen(two), nobody)
    }))

  test("without an appid the only one that can be meant is refused, then deleted", (two) =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")(two)
      yield* two.owner(valueOf(PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "不" })))
      assert.deepStrictEqual((yield* seen(two))[1], ["wx-applicant refused"])
      yield* two.owner(valueOf(PluginManager.setDevPluginApplyStatus({ action: "delete" })))
      assert.deepStrictEqual(yield* seen(two), nobody)
    }))

  test("the applications of three are streamed page after page", ({ owner }) =>
    Effect.gen(function* () {
      const applicants = ["wx-second", "wx-applicant", "wx-third"]
      for (const applicant of yield* Effect.forEach(applicants, as(subject))) {
        yield* applicant(PluginManager.applyPlugin({ pluginAppid: "wx-plugin" }))
      }
      for (const num of [1, 2, 3, 10]) {
        const all = yield* owner(valueOf(Stream.runCollect(PluginApplication.stream({ num }))))
        assert.deepStrictEqual(
          Chunk.toReadonlyArray(all).map(({ appid }) => appid),
          applicants
        )
      }
    }))

  test("applyPluginUnlessAdded is content with what is there", (two) =>
    Effect.gen(function* () {
      const applyUnlessAdded = two.applicant(
        valueOf(PluginManager.applyPluginUnlessAdded({ pluginAppid: "wx-plugin" }))
      )
      yield* applyUnlessAdded
      const once = yield* seen(two)
      yield* applyUnlessAdded
      assert.deepStrictEqual(yield* seen(two), once)
    }))

  const pluginAppid = "wx-plugin"

  test("awaitApproval sees the owner agree", (two) =>
    Effect.gen(function* () {
      yield* apply(pluginAppid)(two)
      // after each look at the list
      const schedule = Schedule.recurs(2).pipe(Schedule.tapInput(() => Effect.ignore(agree(two))))
      const plugin = yield* two.applicant(valueOf(PluginManager.awaitApproval({ pluginAppid, schedule })))
      assert.deepInclude(plugin, { appid: pluginAppid, status: "approved" })
    }))

  test("awaitApproval sees the owner refuse", (two) =>
    Effect.gen(function* () {
      yield* apply(pluginAppid)(two)
      const schedule = Schedule.recurs(2).pipe(Schedule.tapInput(() => Effect.ignore(refuse(two))))
      const error = yield* two.applicant(failureOf(PluginManager.awaitApproval({ pluginAppid, schedule })))
      assert.strictEqual(error._tag, "ApplicationRefused")
    }))
}
