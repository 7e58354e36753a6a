import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { operations } from "./operations.js"
import type { Subject } from "./subjects.js"
import { testWith } from "./two.js"
import { door, valueOf } from "./world.js"

/** the sample of the page `pluginManager.getPluginDevApplyList`, an application more whose optional fields are null */
const applications = {
  errcode: 0,
  errmsg: "ok",
  apply_list: [
    {
      appid: "xxxxxxxxxxxxx",
      status: 1,
      nickname: "名称",
      headimgurl: "http://wx.qlogo.cn/mmhead/xxx/0",
      reason: "polo has gone",
      apply_url: "http://mmbiz.qpic.cn/mmbiz/xxx/0?wx_fmt=jpeg",
      create_time: "1536305096",
      categories: [{ first: "IT科技", second: "硬件与设备" }]
    },
    {
      appid: "wx2",
      status: 9,
      nickname: "n",
      headimgurl: "h",
      reason: null,
      apply_url: "u",
      create_time: "0",
      categories: null,
      is_new: true
    }
  ]
}

/** What goes out and comes in, held against WeChat's pages. */
export const requests = (subject: Subject): void => {
  const test = testWith(subject)

  for (const { api, body, call, path } of operations) {
    test(`sends ${JSON.stringify(body)}`, ({ applicant }) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* emulator.fault(Fault.body('{"errcode":0,"errmsg":"ok"}'))
        yield* applicant(valueOf(call))
        const entry = yield* emulator.awaitRequest(door(subject))
        if (subject.kind === "https") {
          assert.deepInclude(entry, { method: "POST", path, query: {}, contentType: "application/json", body })
          assert.strictEqual(entry.credential?.parameter, "access_token")
        } else {
          assert.deepInclude(entry.body, { apiName: api, data: body, envName: "applicant-env" })
        }
      }))
  }

  test("reads the applications of the page, and those whose optional fields are null", ({ owner }) =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.body(JSON.stringify(applications)))
      const [first, second, ...others] = yield* owner(
        valueOf(PluginManager.getPluginDevApplyList({ page: 1, num: 10 }))
      )
      const { createTime, ...fields } = first!
      assert.strictEqual(DateTime.formatIso(createTime), "2018-09-07T07:24:56.000Z")
      assert.deepStrictEqual(fields, {
        appid: "xxxxxxxxxxxxx",
        status: "applying",
        nickname: "名称",
        headimgurl: "http://wx.qlogo.cn/mmhead/xxx/0",
        reason: "polo has gone",
        applyUrl: "http://mmbiz.qpic.cn/mmbiz/xxx/0?wx_fmt=jpeg",
        categories: [{ first: "IT科技", second: "硬件与设备" }]
      })
      assert.deepInclude(second, { appid: "wx2", status: "unknown:9", categories: [] })
      assert.notProperty(second, "reason")
      assert.isEmpty(others)
    }))
}
