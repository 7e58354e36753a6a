/**
 * What the mini program receives: plain JSON. A program with Effect can decode it by this Schema. The cloud function does not import it, since
 * Schema would make it a quarter larger and its cold start slower.
 */
import { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import { PluginManagerError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Schema from "effect/Schema"

export const Answer = Schema.Union(
  Schema.Struct({ plugins: Schema.Array(Plugin) }),
  Schema.Struct({ error: PluginManagerError })
)
