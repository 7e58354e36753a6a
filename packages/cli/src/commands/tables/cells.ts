import * as PluginStatus from "@effect-wechat/plugin-manager/PluginStatus"
import type { Say } from "../../program/language/language.js"
import { type Color, link, paint, type Span } from "../../program/output/span.js"

const colors: { readonly [status in string]?: Color } = {
  applying: "yellow",
  approved: "green",
  refused: "red",
  timeout: "red"
}

export const status = (status: PluginStatus.PluginStatus, say: Say): Span =>
  paint(colors[status] ?? "dim", say(PluginStatus.label(status)))

/** A link to an image. */
export const image = (url: string, say: Say): Span => link(say({ zh: "查看", en: "view" }), url)
