import type { PluginApplication } from "@effect-wechat/plugin-manager/PluginApplication"
import type { Say } from "../../program/language/language.js"
import { omitted, shortened, type Table } from "../../program/output/table.js"
import * as Time from "../../program/language/time.js"
import { image, status } from "./cells.js"

export const applications = (applications: ReadonlyArray<PluginApplication>, say: Say): Table => ({
  head: [
    "appid",
    say({ zh: "状态", en: "status" }),
    shortened(say({ zh: "昵称", en: "nickname" })),
    omitted(say({ zh: "申请时间", en: "applied" })),
    shortened(say({ zh: "理由", en: "reason" })),
    omitted(say({ zh: "小程序码", en: "code" }))
  ],
  rows: applications.map((application) => [
    application.appid,
    status(application.status, say),
    application.nickname,
    Time.toMinute(application.createTime),
    application.reason ?? "",
    image(application.applyUrl, say)
  ])
})
