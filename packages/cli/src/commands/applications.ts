import type { PluginApplication } from "@effect-wechat/plugin-manager/PluginApplication"
import * as PluginApplications from "@effect-wechat/plugin-manager/PluginApplications"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { application } from "../program/answers.js"
import type { Say } from "../program/language.js"
import * as MiniProgram from "../program/miniProgram.js"
import { Screen } from "../program/screen.js"
import { printable, type Style, table } from "../program/style.js"
import { avatar, status } from "./list.js"

export interface Options extends MiniProgram.Target {
  readonly page: Option.Option<number>
  readonly num: number
  readonly status: Option.Option<string>
}

const asTable = (applications: ReadonlyArray<PluginApplication>, say: Say) => (style: Style) =>
  table(
    style,
    [
      "appid",
      say({ zh: "状态", en: "status" }),
      say({ zh: "昵称", en: "nickname" }),
      say({ zh: "申请时间", en: "applied" }),
      say({ zh: "理由", en: "reason" }),
      say({ zh: "小程序码", en: "code" })
    ],
    applications.map((application) => [
      printable(application.appid),
      status(style, say, application.status),
      printable(application.nickname),
      DateTime.formatIso(application.createTime).slice(0, 16).replace("T", " "),
      printable(application.reason ?? ""),
      avatar(style, say, application.applyUrl)
    ])
  )

export const run = ({ num, page, status, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, busy, say } = yield* Screen
    const all = Option.isSome(page)
      ? PluginManager.getPluginDevApplyList({ page: page.value, num })
      : Effect.map(Stream.runCollect(PluginApplication.stream({ num })), (chunk) => [...chunk])
    const applications = yield* busy(say({ zh: "查询中 …", en: "asking …" }))(PluginManager.retryTransient(all))
    const wanted = applications.filter((application) => Option.isNone(status) || application.status === status.value)
    yield* answer(wanted.map(application), (style) =>
      [
        asTable(wanted, say)(style),
        say({
          zh: `${wanted.length} 个申请`,
          en: `${wanted.length} ${wanted.length === 1 ? "application" : "applications"}`
        })
      ].join("\n\n")
    )
  }).pipe(MiniProgram.provide(target))
