import * as Schema from "effect/Schema"

/** `plugin_appid`: of the plugin that is applied for, removed or updated. */
export const pluginAppid = Schema.propertySignature(Schema.NonEmptyString).pipe(Schema.fromKey("plugin_appid"))
