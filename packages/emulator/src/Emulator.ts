/**
 * WeChat on loopback: the HTTPS API, spoken over plain HTTP, and the CloudBase gateway that wx-server-sdk talks to.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Fault } from "./Fault.js"
import type { Config } from "./internal/domain/config.js"
import * as Controls from "./internal/control/controls.js"
import * as Operations from "./internal/domain/operations.js"
import { documented } from "./internal/domain/quota.js"
import * as Router from "./internal/router.js"
import * as Server from "./internal/http/server.js"
import * as State from "./internal/domain/state.js"
import * as Urls from "./internal/http/urls.js"
import type { Endpoint, Entry, Operation } from "./Journal.js"
import * as World from "./World.js"

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
 * How often a mini program may call an operation. Beyond it comes 45011, 45009 or 48006.
 *
 * @category models
 * @since 0.1.0
 */
export interface Quota {
  readonly perMinute?: number
  readonly perDay?: number
  readonly perMonth?: number
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
  /** What there is at the start and after each `reset`; {@link World.sample} by default. */
  readonly world?: World.World
  /** The Tencent Cloud key pair that the gateway accepts. */
  readonly secretId?: string
  readonly secretKey?: Redacted.Redacted<string>
  /** Two hours by default. A stable token is renewed in its last five minutes, or in its second half if that is shorter. */
  readonly tokenLifetime?: Duration.DurationInput
  /** The `permissions.openapi` of the cloud function's config.json; an API that is not in it gets -604101. All by default. */
  readonly permissions?: ReadonlyArray<string>
  /** `forceRefresh` is what `force_refresh` has of its own. By default those that WeChat documents, and no others. */
  readonly quotas?: { readonly [operation in Operation | "forceRefresh"]?: Quota }
  /** The open-interface service: the `paths` that are enabled (both), and how long it needs to be ready (no time). */
  readonly openInterface?: { readonly paths?: ReadonlyArray<string>; readonly readyAfter?: Duration.DurationInput }
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
    /** Stands for the `http://api.weixin.qq.com` of a container with the open-interface service: no token. */
    readonly openInterfaceUrl: URL
    /** Of the first mini program, as is whatever else here names none. */
    readonly appId: string
    readonly appSecret: Redacted.Redacted<string>
    readonly secretId: string
    readonly secretKey: Redacted.Redacted<string>
    readonly world: Effect.Effect<World.World>
    /** Puts another world in the place of this one. Tokens and counts stay. */
    readonly seed: (world: World.World) => Effect.Effect<void>
    /** A mini program of the world, to act as it. One that is not there is a defect. */
    readonly miniProgram: (appid: string) => Effect.Effect<World.MiniProgram>
    /** The plugins that the first mini program lists. */
    readonly plugins: Effect.Effect<ReadonlyArray<World.PluginListItem>>
    readonly setPlugins: (plugins: ReadonlyArray<World.PluginListItem>) => Effect.Effect<void>
    /** Orders a fault. Each request takes the first one in the queue that is due for it. */
    readonly fault: (fault: Fault) => Effect.Effect<void>
    /** Lets every held reply go. */
    readonly release: Effect.Effect<void>
    /** Every token handed out so far dies now. The cloudbase token lives on. */
    readonly expireTokens: (options?: ExpireTokensOptions) => Effect.Effect<void>
    /** An access token that is valid now. */
    readonly issueToken: Effect.Effect<Redacted.Redacted<string>>
    /**
     * The `cloudbase_access_token` that was pushed last; at the gateway it is the `wxCloudbaseAccesstoken`, and as `access_token` it
     * gets 40001. Another one comes every ten minutes, and each lives for thirty.
     */
    readonly cloudbaseToken: Effect.Effect<Redacted.Redacted<string>>
    readonly journal: Effect.Effect<ReadonlyArray<Entry>>
    /** Waits until the nth request (the first, by default) since the start or `reset` has arrived at that endpoint. */
    readonly awaitRequest: (endpoint: Endpoint, nth?: number) => Effect.Effect<Entry>
    /** Moves the emulator's time forward, whatever the Clock says. A test with a `TestClock` moves that instead. */
    readonly advance: (duration: Duration.DurationInput) => Effect.Effect<void>
    /** World, tokens, counts, faults and journal as at the start, at today's time; held replies are let go. */
    readonly reset: Effect.Effect<void>
  }
}

const configOf = (options: Options): Config => ({
  port: options.port ?? 0,
  secretId: options.secretId ?? "emulator-secret-id",
  secretKey: options.secretKey ?? Redacted.make("made-up-secret-key-of-the-emulator"),
  world: options.world ?? World.sample,
  tokenLifetimeMillis: Duration.toMillis(options.tokenLifetime ?? "2 hours"),
  permissions: options.permissions ?? [...Operations.cloudApis.keys()],
  quotas: { ...documented, ...options.quotas },
  openInterface: {
    paths: options.openInterface?.paths ?? ["/wxa/plugin", "/wxa/devplugin"],
    readyAfterMillis: Duration.toMillis(options.openInterface?.readyAfter ?? 0)
  },
  onRequest: options.onRequest ?? (() => Effect.void)
})

const make = Effect.fnUntraced(function* (options: Options) {
  const config = configOf(options)
  const state = yield* State.make(config)
  const controls = Controls.make(state)
  const port = yield* Server.listen(config.port, Router.make(state, controls)).pipe(
    Effect.mapError(({ description }) => new EmulatorError({ port: config.port, description }))
  )
  return Emulator.of({ ...Urls.make(new URL(`http://127.0.0.1:${port}`)), ...controls })
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
