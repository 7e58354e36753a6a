/** The environment variables that choose a mini program. White space around a value is ignored. An empty variable counts as not set. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../failure/errors.js"
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

const invalidUrl = new CliError({
  category: "usage",
  text: { zh: "WECHAT_BASE_URL 不是 http 或 https 的 URL", en: "WECHAT_BASE_URL is no http or https URL" },
  hint: {
    zh: "例如 https://api.weixin.qq.com；访问微信时不需要设置它。",
    en: "It is like https://api.weixin.qq.com; to call WeChat, you need not set it."
  }
})

/** new URL() ignores white space around a URL. */
export const baseUrl = Effect.flatMap(
  text("WECHAT_BASE_URL"),
  Option.match({
    onNone: () => Effect.succeed(undefined),
    onSome: (url) =>
      /^\s*https?:\/\//i.test(url) && URL.canParse(url) ? Effect.succeed(new URL(url)) : Effect.fail(invalidUrl)
  })
)
