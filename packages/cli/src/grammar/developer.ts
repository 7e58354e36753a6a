/** The commands for the developer of a plugin. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import type { Say } from "../program/language/language.js"
import { define } from "./define.js"
import { applicant, target, yes } from "./options.js"

const applications = (say: Say) =>
  define(
    say,
    "applications",
    {
      summary: {
        zh: "列出对自己插件的申请与使用方。",
        en: "Lists the applications for your own plugin, and the mini programs that use it."
      },
      examples: ["applications --status applying", "applications --page 1 --num 50 --json"]
    },
    {
      page: Options.integer("page").pipe(
        Options.withDescription(
          say({ zh: "只查询这一页，从 1 开始；默认查询全部", en: "one page only, from 1; all pages by default" })
        ),
        Options.optional
      ),
      num: Options.integer("num").pipe(
        Options.withDescription(say({ zh: "每页个数", en: "applications per page" })),
        Options.withDefault(10)
      ),
      status: Options.choice("status", ["applying", "approved", "refused", "timeout"]).pipe(
        Options.withDescription(say({ zh: "只列出这种状态的申请", en: "only applications with this status" })),
        Options.optional
      ),
      ...target(say)
    },
    () => import("../commands/applications.js").then(({ run }) => run)
  )

const agree = (say: Say) =>
  define(
    say,
    "agree",
    {
      summary: { zh: "同意一个申请。", en: "Approves an application." },
      examples: ["agree wx0123456789abcdef --yes"]
    },
    { applicant: applicant(say), ...yes(say), ...target(say) },
    () => import("../commands/decide.js").then(({ agree }) => agree)
  )

const refuse = (say: Say) =>
  define(
    say,
    "refuse",
    {
      summary: { zh: "拒绝一个申请。", en: "Refuses an application." },
      examples: ["refuse wx0123456789abcdef --reason 仅供本市门店使用 --yes"]
    },
    {
      applicant: applicant(say),
      reason: Options.text("reason").pipe(
        Options.withDescription(say({ zh: "拒绝理由，申请方会看到", en: "the reason; the applicant sees it" }))
      ),
      ...yes(say),
      ...target(say)
    },
    () => import("../commands/decide.js").then(({ refuse }) => refuse)
  )

const remove = (say: Say) =>
  define(
    say,
    "delete",
    {
      summary: { zh: "删除一个已拒绝或已超时的申请。", en: "Deletes an application that was refused or timed out." },
      examples: ["delete wx0123456789abcdef --yes"]
    },
    { applicant: applicant(say), ...yes(say), ...target(say) },
    () => import("../commands/decide.js").then(({ remove }) => remove)
  )

const openpid = (say: Say) =>
  define(
    say,
    "openpid",
    {
      summary: {
        zh: "用 wx.pluginLogin 返回的 code 换取插件用户的 openpid。一个 code 只能使用一次。",
        en: "Exchanges a code of wx.pluginLogin for the openpid of the plugin's user. A code works once."
      },
      examples: ["openpid 0c2b206443ce0c23338f6cb4d1ec15a1"]
    },
    {
      code: Args.text({ name: "code" }).pipe(
        Args.withDescription(
          say({
            zh: "wx.pluginLogin 返回的 code，有效期 5 分钟",
            en: "what wx.pluginLogin returned; valid for five minutes"
          })
        )
      ),
      ...target(say)
    },
    () => import("../commands/openpid.js").then(({ run }) => run)
  )

export const developer = (say: Say) => [applications(say), agree(say), refuse(say), remove(say), openpid(say)] as const
