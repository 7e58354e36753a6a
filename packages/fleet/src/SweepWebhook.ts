/**
 * Tells another program what changed: signed HTTP requests, after each sweep that lists.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { createHmac, timingSafeEqual } from "node:crypto"
import * as SweepDiff from "./SweepDiff.js"
import * as SweepFeed from "./SweepFeed.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** gets a POST for every 500 differences */
  readonly url: string | URL
  /** the key of the signatures, which the receiver knows too; a plain string is for programs without `Redacted` of this `effect` */
  readonly secret: Redacted.Redacted<string> | string
}

/**
 * The body of a request, as JSON.
 *
 * @since 0.1.0
 * @category models
 */
export interface Delivery extends SweepFeed.Comparison {
  /** 1, 2, 3 … */
  readonly page: number
  readonly differences: ReadonlyArray<SweepDiff.PluginDifference>
}

/**
 * The receiver did not take a request, although it was repeated. `status` is absent if there was no reply.
 *
 * @since 0.1.0
 * @category errors
 */
export class WebhookFailed extends Schema.TaggedError<WebhookFailed>("@effect-wechat/fleet/WebhookFailed")(
  "WebhookFailed",
  { host: Schema.String, status: Schema.optionalWith(Schema.Int, { exact: true }) }
) {
  override get message(): string {
    return `The webhook at ${this.host} ${this.status === undefined ? "cannot be reached" : `answered ${this.status}`}.`
  }
}

/**
 * The header of the signature.
 *
 * @since 0.1.0
 * @category constants
 */
export const signatureHeader = "x-wechat-plugin-signature"

/**
 * The header that is the same whenever a request is repeated, so that the receiver can tell.
 *
 * @since 0.1.0
 * @category constants
 */
export const deliveryHeader = "x-wechat-plugin-delivery"

type Secret = Options["secret"]

const hmac = (secret: Secret, seconds: number, body: string) =>
  createHmac("sha256", typeof secret === "string" ? secret : Redacted.value(secret))
    .update(`${seconds}.${body}`)
    .digest("hex")

/**
 * `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 of the time, a dot, and the body.
 *
 * @since 0.1.0
 * @category signatures
 */
export const sign = (secret: Options["secret"], seconds: number, body: string): string =>
  `t=${seconds},v1=${hmac(secret, seconds, body)}`

const toleranceSeconds = 300

/**
 * Whether a signature fits the body, as it was received, and is at most five minutes old. It takes the same time for every wrong signature.
 *
 * @since 0.1.0
 * @category signatures
 */
export const verify = (
  secret: Options["secret"],
  signature: string,
  body: string,
  nowSeconds: number = Date.now() / 1000
): boolean => {
  const [, seconds, hex] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(signature) ?? []
  if (seconds === undefined || hex === undefined) {
    return false
  }
  const isRight = timingSafeEqual(Buffer.from(hmac(secret, Number(seconds), body), "hex"), Buffer.from(hex, "hex"))
  return isRight && Math.abs(nowSeconds - Number(seconds)) <= toleranceSeconds
}

const differencesAtOnce = 500

/** Each attempt has a signature of its own time. */
const post = (
  { secret, url }: Options,
  delivery: Delivery
): Effect.Effect<void, WebhookFailed, HttpClient.HttpClient> =>
  Effect.gen(function* () {
    // a span would contain the URL, which may contain a secret
    const client = HttpClient.withTracerDisabledWhen(yield* HttpClient.HttpClient, () => true)
    const body = JSON.stringify(delivery)
    const seconds = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const { host } = new URL(url)
    yield* HttpClientRequest.post(url, {
      headers: {
        [signatureHeader]: sign(secret, seconds, body),
        [deliveryHeader]: `${delivery.before}-${delivery.after}-${delivery.page}`
      }
    }).pipe(
      HttpClientRequest.bodyText(body, "application/json"),
      client.execute,
      Effect.scoped,
      Effect.mapError(() => new WebhookFailed({ host })),
      Effect.filterOrFail(
        ({ status }) => status >= 200 && status < 300,
        ({ status }) => new WebhookFailed({ host, status })
      )
    )
  })

const mayPass = ({ status = 503 }: WebhookFailed) => status >= 500 || status === 429 || status === 408

const backoff = Schedule.exponential("1 second").pipe(Schedule.intersect(Schedule.recurs(5)))

/**
 * Posts the differences between two sweeps; nothing, if there are none. A request that is answered by 408, 429 or 5xx, or not at all, is repeated
 * five times within half a minute.
 *
 * @since 0.1.0
 * @category operations
 */
export const deliver = (
  { after, before }: SweepFeed.Comparison,
  options: Options
): Effect.Effect<void, WebhookFailed | SqlError, SqlClient.SqlClient | HttpClient.HttpClient> =>
  SweepDiff.diff(before, after).pipe(
    Stream.grouped(differencesAtOnce),
    Stream.zipWithIndex,
    Stream.runForEach(([differences, index]) =>
      Effect.retry(post(options, { before, after, page: index + 1, differences: Chunk.toReadonlyArray(differences) }), {
        schedule: backoff,
        while: mayPass
      })
    )
  )

/**
 * Follows the feed and delivers what it has. It runs until a delivery fails; start it again with `since`, the `before` of what was not delivered.
 *
 * @since 0.1.0
 * @category operations
 */
export const run = ({
  pollInterval,
  since,
  ...options
}: Options & SweepFeed.Options): Effect.Effect<
  void,
  WebhookFailed | SqlError,
  SqlClient.SqlClient | HttpClient.HttpClient
> => Stream.runForEach(SweepFeed.comparisons({ pollInterval, since }), (comparison) => deliver(comparison, options))
