/**
 * What WeChat pushes to a third-party platform (第三方平台): its ticket, and which mini programs authorize it and cease to do so.
 *
 * @since 0.1.0
 */
import { checkDuration, checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as PubSub from "effect/PubSub"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { type Push, receive, type Receiver } from "./internal/events/receive.js"
import { type PushRefused, refused } from "./internal/events/refused.js"
import { importKey } from "./internal/events/sealed.js"
import { TokenStore, type TokenStoreError } from "./TokenStore.js"

export {
  /**
   * A push that was not taken: what `onRefused` gets. It has no part of the push.
   *
   * | `reason` | HTTP status | |
   * | --- | --- | --- |
   * | `method` | 405 | not a POST |
   * | `oversized` | 413 | more than 64 KiB |
   * | `malformed` | 400 | not the URL or the XML of a push, or not encrypted |
   * | `forged` | 403 | not signed with the token, or encrypted for another platform |
   * | `stale` | 403 | signed longer ago than `maxAge` |
   * | `replayed` | 200 | taken already. WeChat itself repeats a push whose answer it did not get, so the answer is `success`. |
   * | `undecryptable` | 400 | encrypted with another key |
   * | `unavailable` | 503 | the store cannot be reached. WeChat repeats the push. |
   *
   * @since 0.1.0
   * @category errors
   */
  PushRefused
} from "./internal/events/refused.js"

/**
 * There is no ticket: none was pushed in the last twelve hours.
 *
 * @since 0.1.0
 * @category errors
 */
export class VerifyTicketMissing extends Data.TaggedError("VerifyTicketMissing")<{ readonly componentAppId: string }> {
  override get message(): string {
    return `WeChat has pushed no component_verify_ticket for ${this.componentAppId} in the last twelve hours: check the URL of its authorization events, or start the pushes with /cgi-bin/component/api_start_push_ticket`
  }
}

/**
 * A mini program has authorized the platform, has changed what it permits, or has ended its authorization. `createdAt` is in milliseconds since
 * 1970. `authorizationCode` is for `/cgi-bin/component/api_query_auth`.
 *
 * @since 0.1.0
 * @category models
 */
export type AuthorizationEvent =
  | {
      readonly kind: "authorized" | "updateauthorized"
      readonly appId: string
      readonly createdAt: number
      readonly authorizationCode: Redacted.Redacted<string>
    }
  | { readonly kind: "unauthorized"; readonly appId: string; readonly createdAt: number }

/**
 * @since 0.1.0
 * @category tags
 */
export class PlatformEvents extends Context.Tag("@effect-wechat/transport-https/PlatformEvents")<
  PlatformEvents,
  PlatformEvents.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace PlatformEvents {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    /** An `HttpApp` of `@effect/platform`, which answers WeChat's pushes: for the URL of the authorization events (授权事件接收配置). */
    readonly app: Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest>
    /**
     * The events that come while the stream is read, each to all who read. An event that nobody reads is gone: who authorizes the platform is in
     * WeChat's list as well.
     */
    readonly events: Stream.Stream<AuthorizationEvent>
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  readonly componentAppId: string
  /** what pushes are signed with (消息校验 Token) */
  readonly token: Redacted.Redacted<string>
  /** what pushes are encrypted with (消息加解密 Key): 43 characters */
  readonly encodingAesKey: Redacted.Redacted<string>
  /** the key before, as long as WeChat may still use it */
  readonly previousEncodingAesKey?: Redacted.Redacted<string> | undefined
  /** how long ago a push may have been signed, and how far the clocks may differ; 5 minutes by default */
  readonly maxAge?: Duration.DurationInput | undefined
  /** is told of each push that was refused; by default a warning is logged */
  readonly onRefused?: ((refused: PushRefused) => Effect.Effect<void>) | undefined
}

const ticketLifetime = Duration.hours(12)

const ticketKey = (componentAppId: string) => `${componentAppId}:component_verify_ticket`

/**
 * The ticket that WeChat pushed last, for `verifyTicket` of `ThirdPartyMiniPrograms`. It is in the `TokenStore`, so the program that calls WeChat
 * need not be the one that WeChat pushes to.
 *
 * @since 0.1.0
 * @category accessors
 */
export const verifyTicket = (
  componentAppId: string
): Effect.Effect<Redacted.Redacted<string>, VerifyTicketMissing | TokenStoreError, TokenStore> =>
  Effect.flatMap(TokenStore, (store) =>
    Effect.flatMap(
      store.get(ticketKey(componentAppId)),
      Option.match({
        onNone: () => Effect.fail(new VerifyTicketMissing({ componentAppId })),
        onSome: Effect.succeed
      })
    )
  )

const warn = (refused: PushRefused) =>
  refused.reason === "replayed" ? Effect.logInfo(refused.message) : Effect.logWarning(refused.message)

const missing = (field: string) => Effect.fail(refused("malformed", `it has no ${field}`))

/** What a push is about; undefined for what is no concern of a platform that manages plugins. */
const eventOf = ({ fields }: Push): Effect.Effect<AuthorizationEvent | undefined, PushRefused> => {
  const kind = fields.get("InfoType")
  if (kind !== "authorized" && kind !== "updateauthorized" && kind !== "unauthorized") {
    return Effect.succeed(undefined)
  }
  const appId = fields.get("AuthorizerAppid")
  const seconds = Number(fields.get("CreateTime"))
  if (appId === undefined || !Number.isSafeInteger(seconds)) {
    return missing("AuthorizerAppid and CreateTime")
  }
  const createdAt = seconds * 1000
  if (kind === "unauthorized") {
    return Effect.succeed({ kind, appId, createdAt })
  }
  const code = fields.get("AuthorizationCode")
  return code === undefined
    ? missing("AuthorizationCode")
    : Effect.succeed({ kind, appId, createdAt, authorizationCode: Redacted.make(code) })
}

/**
 * Verifies, decrypts and answers WeChat's pushes. The ticket is kept in the `TokenStore`, which also tells a push that comes twice, on any
 * machine. It requires the package `fast-xml-parser`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
 * import * as PlatformEvents from "@effect-wechat/transport-https/PlatformEvents"
 * import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
 * import { Config, Effect, Layer, Redacted, Stream } from "effect"
 *
 * const componentAppId = "wx…"
 *
 * const Events = PlatformEvents.layerConfig({
 *   componentAppId: Config.succeed(componentAppId),
 *   token: Config.redacted("WECHAT_PUSH_TOKEN"),
 *   encodingAesKey: Config.redacted("WECHAT_ENCODING_AES_KEY")
 * })
 *
 * const Platform = ThirdPartyMiniPrograms.layerFetch({
 *   componentAppId,
 *   componentAppSecret: Redacted.make("…"),
 *   verifyTicket: PlatformEvents.verifyTicket(componentAppId),
 *   refreshToken: () => Effect.succeed(Redacted.make("…")),
 *   onRefreshToken: () => Effect.void
 * })
 *
 * const program = Effect.gen(function* () {
 *   const { app, events } = yield* PlatformEvents.PlatformEvents
 *   // `app` is what the HTTP server runs for a push
 *   yield* Stream.runForEach(events, ({ appId, kind }) => Effect.log(`${appId}: ${kind}`))
 * }).pipe(Effect.provide(Layer.merge(Events, Platform)), Effect.provide(TokenStore.layerMemory))
 * ```
 */
export const layer = ({
  componentAppId,
  encodingAesKey,
  maxAge = "5 minutes",
  onRefused = warn,
  previousEncodingAesKey,
  token
}: Options): Layer.Layer<PlatformEvents, InvalidOptions, TokenStore> =>
  Layer.scoped(
    PlatformEvents,
    Effect.gen(function* () {
      yield* checkText("componentAppId", componentAppId)
      yield* checkText("token", Redacted.value(token))
      const store = yield* TokenStore
      const key = yield* importKey("encodingAesKey", encodingAesKey)
      const previous =
        previousEncodingAesKey === undefined ? [] : [yield* importKey("previousEncodingAesKey", previousEncodingAesKey)]
      const receiver: Receiver = {
        componentAppId,
        token,
        keys: [key, ...previous],
        maxAge: yield* checkDuration("maxAge", maxAge)
      }
      const events = yield* Effect.acquireRelease(PubSub.unbounded<AuthorizationEvent>(), PubSub.shutdown)

      const take = Effect.fnUntraced(function* (push: Push): Effect.fn.Return<void, PushRefused | TokenStoreError> {
        if (push.fields.get("InfoType") === "component_verify_ticket") {
          const ticket = push.fields.get("ComponentVerifyTicket")
          return yield* ticket === undefined
            ? missing("ComponentVerifyTicket")
            : store.set(ticketKey(componentAppId), Redacted.make(ticket), ticketLifetime)
        }
        const event = yield* eventOf(push)
        if (event !== undefined) {
          yield* PubSub.publish(events, event)
        }
      })

      /** One that could not be taken may come again. */
      const takeOnce = Effect.fnUntraced(function* (push: Push) {
        const lease = `${componentAppId}:push:${push.signature}`
        const owner = crypto.randomUUID()
        // it may have been signed `maxAge` before its time
        if (!(yield* store.lease(lease, owner, Duration.times(receiver.maxAge, 2)))) {
          return yield* refused("replayed", "it was taken already")
        }
        yield* Effect.onError(take(push), () => Effect.ignore(store.release(lease, owner)))
      })

      const app = HttpServerRequest.HttpServerRequest.pipe(
        Effect.flatMap((request) => receive(receiver, request)),
        Effect.flatMap(takeOnce),
        Effect.catchTag("TokenStoreError", ({ message }) => Effect.fail(refused("unavailable", message))),
        Effect.match({
          onSuccess: () => Effect.succeed(HttpServerResponse.text("success")),
          onFailure: (refused) =>
            Effect.as(
              onRefused(refused),
              HttpServerResponse.text(refused.reason === "replayed" ? "success" : refused.reason, {
                status: refused.status
              })
            )
        }),
        Effect.flatten
      )
      return { app, events: Stream.fromPubSub(events) }
    })
  )

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: LayerConfig.Wrap<Options>
): Layer.Layer<PlatformEvents, InvalidOptions | ConfigError, TokenStore> => LayerConfig.make(options, layer)
