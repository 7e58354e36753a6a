/** What changes, sweep after sweep: as lines or JSON Lines, and to a webhook. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { CliError } from "../../program/failure/errors.js"
import type { Reader } from "../../program/fleet/session.js"
import { Screen } from "../../program/output/screen.js"
import { line } from "./diff.js"

const withoutSecret = new CliError({
  category: "credential",
  text: { zh: "未设置 WECHAT_PLUGIN_WEBHOOK_SECRET", en: "WECHAT_PLUGIN_WEBHOOK_SECRET is not set" },
  hint: {
    zh: "设置签名用的密钥，接收程序也要知道它。",
    en: "Set it to the key of the signatures, which the receiver knows too."
  }
})

const withoutUrl = new CliError({
  category: "usage",
  text: { zh: "--webhook 不是 http 或 https 的 URL", en: "--webhook is no http or https URL" },
  hint: { zh: "例如 https://example.com/plugins。", en: "It is like https://example.com/plugins." }
})

const isUrl = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text)

/** The secret is made for the package's own copy of `effect`. */
const receiver = (webhook: Option.Option<string>) =>
  Option.isNone(webhook)
    ? Effect.succeedNone
    : Effect.gen(function* () {
        const url = webhook.value
        yield* isUrl(url) ? Effect.void : withoutUrl
        const secret = yield* Effect.orDie(Config.option(Config.nonEmptyString("WECHAT_PLUGIN_WEBHOOK_SECRET")))
        return Option.some({ url, secret: yield* Effect.mapError(secret, () => withoutSecret) })
      })

export const changes = ({ run, stream }: Reader, webhook: Option.Option<string>) =>
  Effect.gen(function* () {
    const { answerLine, note, say } = yield* Screen
    const to = yield* receiver(webhook)
    yield* note([say({ zh: "等待下一次巡检完成 …", en: "waiting for the next sweep that is done …" })])
    yield* Stream.runForEach(
      stream(({ SweepFeed }) => SweepFeed.comparisons({ pollInterval: "1 second" })),
      (comparison) =>
        Effect.gen(function* () {
          yield* Stream.runForEach(
            stream(({ SweepDiff }) => SweepDiff.diff(comparison.before, comparison.after)),
            (difference) => answerLine(difference, () => [line(difference, say)])
          )
          yield* Option.match(to, {
            onNone: () => Effect.void,
            onSome: (options) => run(({ SweepWebhook }) => SweepWebhook.deliver(comparison, options))
          })
        })
    )
  })
