import { checkDuration, checkText, type InvalidOptions, make } from "@effect-wechat/plugin-manager/InvalidOptions"
import type * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import type { App } from "../../Credential.js"
import type { HttpsOptions } from "../../HttpsOptions.js"

/** Options that have been checked. */
export interface Settings {
  /** scheme, host and path, to which WeChat's own path is appended */
  readonly prefix: string
  readonly url: URL
  readonly timeout: Duration.Duration
  readonly maxBodySize: number
}

const defaults = {
  baseUrl: "https://api.weixin.qq.com",
  timeout: "10 seconds",
  maxBodySize: 8 * 1024 * 1024
} as const

const invalid = (option: string, zh: string, en: string) => Either.left(make(option, zh, en))

/** A URL for HTTP, without a user name and a password, which would not be sent. */
export const parseUrl = (option: string, text: string | URL): Either.Either<URL, InvalidOptions> => {
  const parsed = Either.try(() => new URL(text))
  if (Either.isLeft(parsed) || !/^https?:$/.test(parsed.right.protocol)) {
    return invalid(
      option,
      "必须是以 https:// 或 http:// 开头的 URL，例如 https://api.weixin.qq.com。",
      "It must be a URL that begins with https:// or http://, such as https://api.weixin.qq.com."
    )
  }
  return parsed.right.username + parsed.right.password === ""
    ? Either.right(parsed.right)
    : invalid(
        option,
        "不能带有用户名或密码：它们不会被发送。",
        "It must not have a user name or a password: they would not be sent."
      )
}

const parseBaseUrl = (baseUrl: string | URL): Either.Either<URL, InvalidOptions> =>
  Either.flatMap(parseUrl("baseUrl", baseUrl), (url) =>
    url.search + url.hash === ""
      ? Either.right(url)
      : invalid(
          "baseUrl",
          "不能带有查询参数或片段：它们不会被发送。",
          "It must not have a query or a fragment: they would not be sent."
        )
  )

const parseSize = (maxBodySize: number): Either.Either<number, InvalidOptions> =>
  Number.isSafeInteger(maxBodySize) && maxBodySize > 0
    ? Either.right(maxBodySize)
    : invalid("maxBodySize", "必须是正整数（字节数）。", "It must be a positive whole number of bytes.")

export const resolve = ({ baseUrl, maxBodySize, timeout }: HttpsOptions): Either.Either<Settings, InvalidOptions> =>
  Either.map(
    Either.all({
      url: parseBaseUrl(baseUrl ?? defaults.baseUrl),
      timeout: checkDuration("timeout", timeout ?? defaults.timeout),
      maxBodySize: parseSize(maxBodySize ?? defaults.maxBodySize)
    }),
    (settings) => ({ ...settings, prefix: settings.url.origin + settings.url.pathname.replace(/\/+$/, "") })
  )

export const checkApp = ({ appId, appSecret }: App): Either.Either<void, InvalidOptions> =>
  Either.andThen(checkText("appId", appId), checkText("appSecret", Redacted.value(appSecret)))
