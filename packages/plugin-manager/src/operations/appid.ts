import * as Schema from "effect/Schema"
import { renamed } from "../internal/fields.js"

/** An appid as it may be sent: WeChat's are 18 letters and digits, and one with blanks or control characters is a mistake. */
export const Appid = Schema.String.pipe(
  Schema.pattern(/^[!-~]+$/, {
    description: "an appid without blanks",
    message: () => "Expected an appid without blanks",
    arbitrary: () => (fc) => fc.stringMatching(/^wx[0-9a-f]{16}$/)
  })
)

/** `plugin_appid`: the appid of the plugin that is applied for, removed or updated. */
export const pluginAppid = renamed(Appid, "plugin_appid")
