/** The environment variables that choose a mini program. White space around a value is ignored. An empty variable counts as not set. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { trimmed } from "./credential.js"

const text = (name: string) => Config.option(Config.nonEmptyString(name))

const secret = (name: string) =>
  Effect.flatMap(
    Config.option(Config.redacted(Config.nonEmptyString(name))),
    Option.match({
      onNone: () => Effect.succeedNone,
      onSome: (value) => Effect.asSome(trimmed(name, value))
    })
  )

export const appid = Effect.map(
  text("WECHAT_APPID"),
  Option.map((text) => text.trim())
)

export const appSecret = secret("WECHAT_SECRET")

export const accessToken = secret("WECHAT_ACCESS_TOKEN")

/** new URL() ignores white space around a URL. */
export const baseUrl = Effect.map(Config.option(Config.url("WECHAT_BASE_URL")), Option.getOrUndefined)
