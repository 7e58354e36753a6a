/** The tools that change something. */
import * as PluginAuth from "@effect-wechat/plugin-manager/PluginAuth"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Answers } from "../../program/schema/answers.js"
import type { InMiniProgram } from "./miniPrograms.js"
import { described, pluginAppid, profile } from "./parameters.js"
import { tool } from "./tool.js"

export const writes = (inMiniProgram: InMiniProgram) => [
  tool({
    name: "apply_plugin",
    title: "Apply for a plugin",
    description: "Applies for a plugin (申请使用插件). The plugin's developer sees the reason and decides.",
    kind: "adds",
    parameters: {
      pluginAppid,
      reason: Schema.optional(Schema.String.annotations({ description: "the reason for the plugin's developer" })),
      profile
    },
    success: Answers.done,
    run: ({ pluginAppid, profile, reason }) =>
      inMiniProgram(
        profile,
        Effect.as(PluginManager.applyPlugin({ pluginAppid, ...(reason === undefined ? {} : { reason }) }), {
          done: "apply",
          appid: pluginAppid
        })
      )
  }),
  tool({
    name: "unbind_plugin",
    title: "Remove a plugin",
    description: "Removes a plugin (删除已添加的插件). Pages that use it stop working.",
    kind: "removes",
    parameters: { pluginAppid, profile },
    success: Answers.done,
    run: ({ pluginAppid, profile }) =>
      inMiniProgram(
        profile,
        Effect.as(PluginManager.unbindPlugin({ pluginAppid }), { done: "unbind", appid: pluginAppid })
      )
  }),
  tool({
    name: "update_plugin",
    title: "Update a plugin",
    description:
      "Updates a plugin without a review (快速更新), which takes effect at once. For third-party platforms only.",
    kind: "changes",
    parameters: { pluginAppid, userVersion: described("such as 2.2.46"), profile },
    success: Answers.done,
    run: ({ pluginAppid, profile, userVersion }) =>
      inMiniProgram(
        profile,
        Effect.as(PluginManager.updatePlugin({ pluginAppid, userVersion }), { done: "update", appid: pluginAppid })
      )
  }),
  tool({
    name: "set_dev_plugin_apply_status",
    title: "Decide on an application",
    description:
      "Approves, refuses or deletes an application for the developer's own plugin (修改插件使用申请的状态). Only a refused application can be deleted.",
    kind: "changes",
    parameters: {
      action: Schema.Literal("agree", "refuse", "delete"),
      appid: described("the appid of the mini program that applied"),
      reason: Schema.optional(Schema.String.annotations({ description: "required for refuse; the applicant sees it" })),
      profile
    },
    success: Answers.done,
    run: ({ action, appid, profile, reason = "" }) =>
      inMiniProgram(
        profile,
        Effect.as(
          PluginManager.setDevPluginApplyStatus(action === "refuse" ? { action, appid, reason } : { action, appid }),
          { done: action, appid }
        )
      )
  }),
  tool({
    name: "get_plugin_openpid",
    title: "Exchange a login code",
    description:
      "Exchanges a code of wx.pluginLogin for the openpid of the plugin's user. It uses up the code, which works once.",
    kind: "adds",
    parameters: { code: described("what wx.pluginLogin returned; valid for five minutes"), profile },
    success: Answers.openpid,
    run: ({ code, profile }) =>
      inMiniProgram(
        profile,
        Effect.map(PluginAuth.getPluginOpenPId({ code }), (openpid) => ({ openpid }))
      )
  })
]
