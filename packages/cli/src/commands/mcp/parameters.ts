/** Arguments of several tools. */
import * as Schema from "effect/Schema"

export const described = (description: string) =>
  Schema.NonEmptyString.annotations({ description, message: () => "must not be empty" })

export const pluginAppid = described("the appid of the plugin, such as wx4418e3e031e551be")

export const profile = Schema.optional(
  described("a profile of list_profiles; by default the mini program that the server was started with")
)
