import type { PluginApplication } from "@effect-wechat/plugin-manager/PluginApplication"
import * as DateTime from "effect/DateTime"
import type { Say } from "../../program/language/language.js"
import type { Table } from "../../program/output/table.js"
import { image, status } from "./cells.js"

export const applications = (applications: ReadonlyArray<PluginApplication>, say: Say): Table => ({
  head: [
    "appid",
    say({ zh: "状态", en: "status" }),
    say({ zh: "昵称", en: "nickname" }),
    say({ zh: "申请时间", en: "applied" }),
    say({ zh: "理由", en: "reason" }),
    say({ zh: "小程序码", en: "code" })
  ],
  rows: applications.map((application) => [
    application.appid,
    status(application.status, say),
    application.nickname,
    DateTime.formatIso(application.createTime).slice(0, 16).replace("T", " "),
    application.reason ?? "",
    image(application.applyUrl, say)
  ])
})
