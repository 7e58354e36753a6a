import { PluginManager } from "@effect-wechat/plugin-manager"
import { Effect } from "effect"

/** The nicknames of the plugins whose developers have not answered yet. */
export const waiting = Effect.map(PluginManager.getPluginList, (plugins) =>
  plugins.filter(({ status }) => status === "applying").map(({ nickname }) => nickname)
)
