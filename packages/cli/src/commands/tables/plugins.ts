import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import type { Say } from "../../program/language/language.js"
import { omitted, shortened, type Table } from "../../program/output/table.js"
import { image, status } from "./cells.js"

export const plugins = (plugins: ReadonlyArray<Plugin>, say: Say): Table => ({
  head: [
    "appid",
    say({ zh: "状态", en: "status" }),
    shortened(say({ zh: "昵称", en: "nickname" })),
    omitted(say({ zh: "头像", en: "avatar" }))
  ],
  rows: plugins.map((plugin) => [
    plugin.appid,
    status(plugin.status, say),
    plugin.nickname,
    image(plugin.headimgurl, say)
  ])
})
