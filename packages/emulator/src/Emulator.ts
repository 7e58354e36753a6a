/**
 * WeChat on loopback: the HTTPS API, spoken over plain HTTP, and the CloudBase gateway that wx-server-sdk talks to.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import * as EmulatedPlugin from "./EmulatedPlugin.js"
import type { Fault } from "./Fault.js"
import type { Config } from "./internal/config.js"
import * as Router from "./internal/router.js"
import * as Server from "./internal/server.js"
import * as State from "./internal/state.js"
import * as Token from "./internal/token.js"
import type { Endpoint, Entry } from "./Journal.js"

/**
 * The emulator could not start: in most cases its port is taken.
 *
 * @category errors
 * @since 0.1.0
 */
export class EmulatorError extends Schema.TaggedError<EmulatorError>("@effect-wechat/emulator/EmulatorError")(
  "EmulatorError",
  { port: Schema.Int, description: Schema.String }
) {
  override get message(): string {
    return `The emulator cannot listen on port ${this.port} of 127.0.0.1: ${this.description}`
  }
}

/**
 * What may be different from the defaults. The secrets are made up, and good for nothing but this emulator.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** 0, the default, takes a free one. */
  readonly port?: number
  readonly appId?: string
  readonly appSecret?: Redacted.Redacted<string>
  /** The Tencent Cloud key pair that the gateway accepts. */
  readonly secretId?: string
  readonly secretKey?: Redacted.Redacted<string>
  /** The plugins at the start and after each `reset`; {@link EmulatedPlugin.seed} by default. */
  readonly plugins?: ReadonlyArray<EmulatedPlugin.EmulatedPlugin>
  /** Two hours by default. A token is renewed in its last five minutes, or in its second half if that is shorter. */
  readonly tokenLifetime?: Duration.DurationInput
  /** The `permissions.openapi` of the cloud function's config.json; an API that is not in it gets -604101. All by default. */
  readonly permissions?: ReadonlyArray<string>
  /** Runs after each request: the command prints its log with it. */
  readonly onRequest?: (entry: Entry) => Effect.Effect<void>
}

/**
 * How tokens die before their time.
 *
 * @category models
 * @since 0.1.0
 */
export interface ExpireTokensOptions {
  /** What WeChat refuses them with; 40001 by default. */
  readonly errcode?: 40001 | 40014 | 42001
  /**
   * `true`: normal mode does not notice and goes on handing out the dead token until somebody asks with `force_refresh`, as
   * was seen in the field.
   */
  readonly stale?: boolean
}

/**
 * A running emulator.
 *
 * @example
 * ```ts
 * import { Emulator, Fault } from "@effect-wechat/emulator"
 * import { Effect } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   const wechat = yield* Emulator.Emulator
 *   yield* wechat.fault(Fault.errcode(-1))
 *   yield* Effect.log(`WeChat is at ${wechat.url}`)
 * }).pipe(Effect.provide(Emulator.layer()))
 * ```
 *
 * @category tags
 * @since 0.1.0
 */
export class Emulator extends Context.Tag("@effect-wechat/emulator/Emulator")<Emulator, Emulator.Service>() {}

/**
 * @since 0.1.0
 */
export declare namespace Emulator {
  /**
   * @category models
   * @since 0.1.0
   */
  export interface Service {
    /** Stands for `https://api.weixin.qq.com`. */
    readonly url: URL
    /** The `serviceUrl` of wx-server-sdk. */
    readonly gatewayUrl: string
    readonly appId: string
    readonly appSecret: Redacted.Redacted<string>
    readonly secretId: string
    readonly secretKey: Redacted.Redacted<string>
    readonly plugins: Effect.Effect<ReadonlyArray<EmulatedPlugin.EmulatedPlugin>>
    readonly setPlugins: (plugins: ReadonlyArray<EmulatedPlugin.EmulatedPlugin>) => Effect.Effect<void>
    /** Orders a fault. Each request takes the first one in the queue that is for it. */
    readonly fault: (fault: Fault) => Effect.Effect<void>
    /** Lets every held reply go. */
    readonly release: Effect.Effect<void>
    /** Every access token handed out so far dies now. The cloudbase token lives on. */
    readonly expireTokens: (options?: ExpireTokensOptions) => Effect.Effect<void>
    /** An access token that is valid now. */
    readonly issueToken: Effect.Effect<Redacted.Redacted<string>>
    /** Accepted as `cloudbase_access_token` and, at the gateway, as `wxCloudbaseAccesstoken`; as `access_token` it gets 40001. */
    readonly cloudbaseToken: Redacted.Redacted<string>
    readonly journal: Effect.Effect<ReadonlyArray<Entry>>
    /** Waits until the nth request (the first, by default) since the start or `reset` has arrived at that endpoint. */
    readonly awaitRequest: (endpoint: Endpoint, nth?: number) => Effect.Effect<Entry>
    /** State, faults and journal as at the start; held replies are let go. */
    readonly reset: Effect.Effect<void>
  }
}

const allPermissions = ["pluginManager.getPluginList"]

const defaultAppId = "wx00000000000000a1"

const configOf = (options: Options): Config => {
  const appId = options.appId ?? defaultAppId
  return {
    port: options.port ?? 0,
    appId,
    appSecret: options.appSecret ?? Redacted.make("made-up-secret-of-the-emulator-0"),
    secretId: options.secretId ?? "emulator-secret-id",
    secretKey: options.secretKey ?? Redacted.make("made-up-secret-key-of-the-emulator"),
    cloudbaseToken: Redacted.make(`cloudbase_${appId}_made-up-token-of-the-emulator`),
    plugins: options.plugins ?? EmulatedPlugin.seed,
    tokenLifetimeMillis: Duration.toMillis(options.tokenLifetime ?? "2 hours"),
    permissions: options.permissions ?? allPermissions,
    onRequest: options.onRequest ?? (() => Effect.void)
  }
}

const issueToken = (state: State.State): Effect.Effect<Redacted.Redacted<string>> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Ref.modify(state.tokens, (tokens) => {
      const [token, next] = Token.valid(tokens, now)
      return [Redacted.make(token.value), next]
    })
  )

const make = Effect.fnUntraced(function* (options: Options) {
  const config = configOf(options)
  const state = yield* State.make(config)
  const port = yield* Server.listen(config.port, Router.make(state)).pipe(
    Effect.mapError(({ description }) => new EmulatorError({ port: config.port, description }))
  )
  const url = new URL(`http://127.0.0.1:${port}`)
  return Emulator.of({
    url,
    gatewayUrl: `${url.origin}/admin`,
    appId: config.appId,
    appSecret: config.appSecret,
    secretId: config.secretId,
    secretKey: config.secretKey,
    plugins: Ref.get(state.plugins),
    setPlugins: (plugins) => Ref.set(state.plugins, plugins),
    fault: (fault) => Ref.update(state.faults, (queue) => [...queue, fault]),
    release: State.release(state),
    expireTokens: ({ errcode = 40001, stale = false } = {}) =>
      Ref.update(state.tokens, (tokens) => Token.expire(tokens, errcode, stale)),
    issueToken: issueToken(state),
    cloudbaseToken: config.cloudbaseToken,
    journal: state.journal.entries,
    awaitRequest: (endpoint, nth = 1) => state.journal.awaitRequest(endpoint, nth),
    reset: State.reset(state)
  })
})

/**
 * Starts the emulator on 127.0.0.1 and stops it with the layer's scope. Its time is Effect's Clock, so a `TestClock` moves the
 * expiry of its tokens and its delays.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Emulator, EmulatorError> =>
  Layer.scoped(Emulator, make(options))

export type {
  /**
   * @category models
   * @since 0.1.0
   */
  EmulatedPlugin
} from "./EmulatedPlugin.js"

export type {
  /**
   * @category models
   * @since 0.1.0
   */
  Endpoint
} from "./Journal.js"
