import { type Plugin, PluginStatus } from "@effect-wechat/plugin-manager"
import stringWidth from "string-width"

/** A nickname is another party's text: nothing in it may move the cursor or colour the terminal. */
const printable = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim()

/** An aligned table; a Chinese character is two columns wide. */
export const table = (plugins: ReadonlyArray<Plugin.Plugin>, language: "zh" | "en"): string => {
  const head = language === "zh" ? ["appid", "状态", "昵称", "头像"] : ["appid", "status", "nickname", "avatar"]
  const rows = [
    head,
    ...plugins.map(({ appid, headimgurl, nickname, status }) =>
      [appid, PluginStatus.label(status)[language], nickname, headimgurl].map(printable)
    )
  ]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column]!))))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(widths[column]! - stringWidth(cell)))
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}
