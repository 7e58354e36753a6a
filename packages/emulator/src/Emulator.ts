/**
 * WeChat on loopback: the HTTPS API, served over plain HTTP, and the CloudBase gateway that wx-server-sdk calls.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Fault } from "./Fault.js"
import * as Controls from "./internal/control/controls.js"
import * as Faults from "./internal/control/faults.js"
import * as Journal from "./internal/control/journal.js"
import type { Config } from "./internal/domain/config.js"
import * as Operations from "./internal/domain/operations.js"
import { documented } from "./internal/domain/quota.js"
import * as State from "./internal/domain/state.js"
import * as Certificate from "./internal/http/certificate.js"
import * as Server from "./internal/http/server.js"
import * as Urls from "./internal/http/urls.js"
import * as Feed from "./internal/page/feed.js"
import * as Router from "./internal/router.js"
import type { Endpoint, Entry, Operation } from "./Journal.js"
import type * as Push from "./Push.js"
import * as World from "./World.js"

/**
 * The emulator could not start. In most cases its port is in use.
 *
 * @category errors
 * @since 0.1.0
 */
export class EmulatorError extends Schema.TaggedError<EmulatorError>("@effect-wechat/emulator/EmulatorError")(
  "EmulatorError",
  { host: Schema.String, port: Schema.Int, description: Schema.String }
) {
  override get message(): string {
    return `The emulator cannot listen on port ${this.port} of ${this.host}: ${this.description}`
  }
}

/**
 * How often a mini program may call an operation. A call beyond the limit gets 45011 (minute), 45009 (day) or 48006 (month).
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
 * The options of {@link layer}. The default secrets are made up and valid in this emulator only.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The port to listen on; 0, the default, chooses a free one. */
  readonly port?: number
  /**
   * The address to listen on; `127.0.0.1` by default, which only this machine reaches. Any other lets other machines call the emulator,
   * except for its control API, which answers to the names of loopback only.
   */
  readonly host?: string
  /** Whether to serve HTTPS, with a certificate that is made at the start; `false` by default. */
  readonly tls?: boolean
  /** The world at the start and after each `reset`; {@link World.sample} by default. */
  readonly world?: World.World
  /** The Tencent Cloud key pair that the gateway accepts. */
  readonly secretId?: string
  readonly secretKey?: Redacted.Redacted<string>
  /** Two hours by default. A stable token is renewed in its last five minutes, or in its second half if that is shorter. */
  readonly tokenLifetime?: Duration.DurationInput
  /** The `permissions.openapi` of the cloud function's config.json; all APIs by default. Any other API gets -604101. */
  readonly permissions?: ReadonlyArray<string>
  /** The quotas of a mini program, in addition to those that WeChat documents. `forceRefresh` counts uses of `force_refresh`. */
  readonly quotas?: { readonly [operation in Operation | "forceRefresh"]?: Quota }
  /** The open-interface service: its enabled `paths` (by default all), and the time until it is ready (by default none). */
  readonly openInterface?: { readonly paths?: ReadonlyArray<string>; readonly readyAfter?: Duration.DurationInput }
  /** How many entries the journal keeps; 10,000 by default. The oldest are dropped. `Infinity` keeps all. */
  readonly journalLimit?: number
  /** Runs after each request, with its journal entry. */
  readonly onRequest?: (entry: Entry) => Effect.Effect<void>
}

/**
 * How `expireTokens` ends tokens early.
 *
 * @category models
 * @since 0.1.0
 */
export interface ExpireTokensOptions {
  /** The errcode that refuses them; 40001 by default. */
  readonly errcode?: 40001 | 40014 | 42001
  /**
   * Whether normal mode goes on returning the ended token until a request with `force_refresh`, as users of WeChat have reported;
   * `false` by default.
   */
  readonly stale?: boolean
}

/**
 * Who uses a plugin. An unknown mini program or plugin is a defect.
 *
 * @category models
 * @since 0.1.0
 */
export interface PluginLoginOptions {
  /** The mini program in which the plugin runs; by default the first. It need not have added the plugin. */
  readonly appid?: string
  /** The appid of the plugin. */
  readonly plugin: string
  /** Any name of the user. */
  readonly user: string
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
    /** Use it in place of `https://api.weixin.qq.com`. */
    readonly url: URL
    /** With the option `tls`, the certificate that clients must trust, as PEM. */
    readonly certificate?: string
    /** The `serviceUrl` of wx-server-sdk. */
    readonly gatewayUrl: string
    /** Use it in place of `http://api.weixin.qq.com` in a container with the open-interface service, which needs no token. */
    readonly openInterfaceUrl: URL
    /** The appid of the first mini program. Every member here that does not name a mini program is about this one. */
    readonly appId: string
    readonly appSecret: Redacted.Redacted<string>
    readonly secretId: string
    readonly secretKey: Redacted.Redacted<string>
    readonly world: Effect.Effect<World.World>
    /** Replaces the world. Tokens and quota counts remain. An application of an unknown mini program is a defect. */
    readonly seed: (world: World.World) => Effect.Effect<void>
    /** The mini program with that appid. An unknown appid is a defect. */
    readonly miniProgram: (appid: string) => Effect.Effect<World.MiniProgram>
    /** The plugins of the first mini program. */
    readonly plugins: Effect.Effect<ReadonlyArray<World.PluginListItem>>
    /** Replaces the plugins of the first mini program. */
    readonly setPlugins: (plugins: ReadonlyArray<World.PluginListItem>) => Effect.Effect<void>
    /**
     * Adds a fault to the queue. Each request takes the first fault in the queue that is due for it. An invalid fault, such as a `Drip`
     * with size 0, is a defect.
     */
    readonly fault: (fault: Fault) => Effect.Effect<void>
    /** Sends every held reply. */
    readonly release: Effect.Effect<void>
    /** Ends every token issued so far, except for the cloudbase token. */
    readonly expireTokens: (options?: ExpireTokensOptions) => Effect.Effect<void>
    /** An access token that is valid now. */
    readonly issueToken: Effect.Effect<Redacted.Redacted<string>>
    /**
     * The current `cloudbase_access_token`. The gateway calls it `wxCloudbaseAccesstoken`; sent as `access_token` it gets 40001. A new one
     * is pushed every ten minutes and is valid for thirty.
     */
    readonly cloudbaseToken: Effect.Effect<Redacted.Redacted<string>>
    /** What `wx.pluginLogin` returns to the plugin of that user. The code is valid for five minutes, and once; `seed` ends it. */
    readonly pluginLogin: (options: PluginLoginOptions) => Effect.Effect<string>
    /** Lets an event happen, and pushes it, encrypted and signed, to the third-party platform. */
    readonly push: (options: Push.Options) => Effect.Effect<Push.Reply>
    /** The requests since the start or the last `reset`, oldest first, at most `journalLimit`. The control API is not recorded. */
    readonly journal: Effect.Effect<ReadonlyArray<Entry>>
    /** How many of the oldest entries the journal has dropped since the start or the last `reset`. */
    readonly journalDropped: Effect.Effect<number>
    /**
     * Waits until the nth request (by default the first) since the start or the last `reset` has arrived at that endpoint. A request
     * whose entry was dropped is a defect.
     */
    readonly awaitRequest: (endpoint: Endpoint, nth?: number) => Effect.Effect<Entry>
    /** Moves the emulator's time forward without moving the Clock. In a test with a `TestClock`, adjust that one instead. */
    readonly advance: (duration: Duration.DurationInput) => Effect.Effect<void>
    /**
     * Restores the world of the start, removes tokens, quota counts, faults and the journal, takes back every `advance`, and sends held
     * and delayed replies.
     */
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
    paths: options.openInterface?.paths ?? Operations.paths,
    readyAfterMillis: Duration.toMillis(options.openInterface?.readyAfter ?? 0)
  },
  journalLimit: options.journalLimit ?? 10_000,
  onRequest: options.onRequest ?? (() => Effect.void)
})

const make = Effect.fnUntraced(function* (options: Options) {
  const config = configOf(options)
  const { journalLimit } = config
  if (journalLimit !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(journalLimit) && journalLimit > 0)) {
    return yield* Effect.die(new RangeError(`journalLimit must be a positive integer or Infinity, not ${journalLimit}`))
  }
  const state = yield* State.make(config)
  const faults = yield* Faults.make
  const journal = yield* Journal.make(journalLimit)
  const controls = Controls.make(state, faults, journal)
  const { host = "127.0.0.1", tls = false } = options
  const certificate = tls ? Certificate.make(yield* Clock.currentTimeMillis) : undefined
  const feed = yield* Feed.make(state.time.now)
  const address = { port: config.port, host, certificate }
  const port = yield* Server.listen(address, Router.make(state, faults, journal, controls, feed)).pipe(
    Effect.mapError(({ description }) => new EmulatorError({ host, port: config.port, description }))
  )
  return Emulator.of({
    ...Urls.make(new URL(`${tls ? "https" : "http"}://127.0.0.1:${port}`)),
    ...(certificate === undefined ? {} : { certificate: certificate.cert }),
    ...controls
  })
})

/**
 * Starts the emulator, by default on 127.0.0.1, and stops it when the layer's scope closes. Its time is Effect's Clock: with a `TestClock`, tokens
 * expire and delayed replies are sent when the test adjusts the clock.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Emulator, EmulatorError> =>
  Layer.scoped(Emulator, make(options))

/**
 * The layer that `f` makes of a running emulator, for example a transport that calls it.
 *
 * @example
 * ```ts
 * import { Emulator } from "@effect-wechat/emulator"
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 *
 * const WeChat = Emulator.layerFrom(({ appId, appSecret, url }) =>
 *   HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url })
 * )
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFrom = <A, E, R>(
  f: (emulator: Emulator.Service) => Layer.Layer<A, E, R>
): Layer.Layer<A, E, R | Emulator> => Layer.unwrapEffect(Effect.map(Emulator, f))
