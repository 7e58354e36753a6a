import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import { apply, as, decide, listed, provide, received, world } from "./parties.js"
import { errcode } from "./support.js"

const applyAsThird = Effect.map(as("wx-third")("/wxa/plugin", { action: "apply", plugin_appid: "wx-plugin" }), errcode)

describe("dev_apply_list", () => {
  it.effect("lists the applicant, the time and the reason", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_536_305_096_789)
      yield* apply("wx-plugin", "polo has gone")
      assert.deepStrictEqual<unknown>(yield* received(), {
        errcode: 0,
        errmsg: "ok",
        apply_list: [
          {
            appid: "wx-applicant",
            status: 1,
            nickname: "小程序 wx-applicant",
            headimgurl: "http://wx.qlogo.cn/mmhead/emulator/0",
            reason: "polo has gone",
            apply_url: "http://mmbiz.qpic.cn/emulator/code",
            create_time: "1536305096",
            categories: [{ first: "工具", second: "效率" }]
          }
        ]
      })
      assert.strictEqual(
        errcode(yield* as("wx-third")("/wxa/devplugin", { action: "dev_agree", appid: "wx-applicant" })),
        89242
      )
    }).pipe(provide)
  )

  it.effect("has pages, beginning with page 1", () => {
    const applicants = Array.from({ length: 7 }, (_, at) => `wx${at + 1}`)
    const many = World.make({
      miniPrograms: [{ appid: "wx-applicant" }, { appid: "wx-developer" }],
      plugins: [{ appid: "wx-plugin", owner: "wx-developer" }],
      applications: applicants.map((applicant) => ({ applicant, plugin: "wx-plugin" }))
    })
    return Effect.gen(function* () {
      const page = (page?: unknown, num?: unknown) =>
        Effect.map(received(page, num), ({ apply_list, errcode }) => apply_list?.map(({ appid }) => appid) ?? errcode)
      assert.deepStrictEqual(yield* page(), applicants)
      assert.deepStrictEqual(yield* page(1, 3), ["wx1", "wx2", "wx3"])
      assert.deepStrictEqual(yield* page(3, 3), ["wx7"])
      assert.deepStrictEqual(yield* page(4, 3), [])
      for (const wrong of [0, -1, 1.5, "1"]) {
        assert.strictEqual(yield* page(wrong, 3), 47001)
        assert.strictEqual(yield* page(1, wrong), 47001)
      }
    }).pipe(Effect.provide(Emulator.layer({ world: many })))
  })
})

describe("dev_agree, dev_refuse and dev_delete", () => {
  it.effect("decide about the pending application of an applicant who has a refused one too", () =>
    Effect.gen(function* () {
      const { seed } = yield* Emulator.Emulator
      const second = { ...world.plugins[0]!, appid: "wx-second" }
      yield* seed({
        ...world,
        plugins: [...world.plugins, second],
        applications: [
          { applicant: "wx-applicant", plugin: "wx-plugin", status: 3 },
          { applicant: "wx-applicant", plugin: "wx-second", status: 1 }
        ]
      })
      assert.strictEqual(yield* decide("dev_agree"), 0)
      assert.deepStrictEqual(yield* listed, [
        ["wx-plugin", 3],
        ["wx-second", 2]
      ])
      assert.strictEqual(yield* decide("dev_delete"), 0)
      assert.deepStrictEqual(yield* listed, [["wx-second", 2]])
    }).pipe(provide)
  )

  it.effect("seed refuses applications of mini programs that do not exist", () =>
    Effect.gen(function* () {
      const { seed } = yield* Emulator.Emulator
      const stray = { ...world, applications: [{ applicant: "wx-none", plugin: "wx-plugin", status: 1 }] }
      const defect = yield* Effect.catchAllDefect(Effect.as(seed(stray), "seeded"), (defect) =>
        Effect.succeed(String(defect))
      )
      assert.include(defect, "there is no mini program wx-none")
    }).pipe(provide)
  )

  it.effect("decide a pending application once", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* decide("dev_agree"), 89242)
      assert.strictEqual(yield* decide("dev_agree", {}), 47001)
      yield* apply("wx-plugin")
      assert.strictEqual(yield* decide("dev_agree"), 0)
      assert.strictEqual(yield* decide("dev_agree"), 89240)
      assert.strictEqual(yield* decide("dev_refuse"), 89240)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 2]])
    }).pipe(provide)
  )

  it.effect("are refused after 48 hours", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      yield* TestClock.adjust("48 hours")
      assert.strictEqual(yield* decide("dev_agree"), 89240)
      assert.strictEqual(yield* decide("dev_delete"), 0)
      assert.deepStrictEqual(yield* listed, [])
    }).pipe(provide)
  )

  it.effect("delete only a refused or timed out application", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* decide("dev_delete"), 89242)
      yield* apply("wx-plugin")
      assert.strictEqual(yield* decide("dev_delete"), 89241)
      yield* decide("dev_refuse", { appid: "wx-applicant", reason: "no" })
      const wechat = yield* Emulator.Emulator
      assert.deepInclude((yield* wechat.world).applications[0], { status: 3, refuseReason: "no" })
      assert.strictEqual(yield* decide("dev_delete"), 0)
      yield* apply("wx-plugin")
      yield* decide("dev_agree")
      assert.strictEqual(yield* decide("dev_delete"), 89241)
    }).pipe(provide)
  )

  it.effect("select the only fitting application if no appid is given", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* decide("dev_refuse", { reason: "no" }), 89242)
      yield* apply("wx-plugin")
      yield* applyAsThird
      assert.strictEqual(yield* decide("dev_refuse", { reason: "no" }), 89242)
      yield* decide("dev_agree", { appid: "wx-third" })
      assert.strictEqual(yield* decide("dev_refuse", { reason: "no" }), 0)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 3]])
      assert.strictEqual(yield* decide("dev_delete", {}), 0)
      assert.deepStrictEqual(
        (yield* received()).apply_list?.map(({ appid, status }) => [appid, status]),
        [["wx-third", 2]]
      )
      assert.strictEqual(world.applications.length, 0)
    }).pipe(provide)
  )
})
