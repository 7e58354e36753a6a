/**
 * WeChat by cloud calls: `cloud.openapi.pluginManager.getPluginList(…)` of wx-server-sdk, as WeChat cloud functions make them.
 *
 * @since 0.1.0
 */
import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { checkDuration, checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import { type Call, type Reply, reply, Transport } from "@effect-wechat/plugin-manager/Transport"
import type { ConfigError } from "effect/ConfigError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { CloudOptions } from "./CloudOptions.js"
import * as environment from "./internal/environment.js"
import * as refusal from "./internal/refusal.js"
import * as Sdk from "./internal/sdk.js"
import * as vocabulary from "./internal/vocabulary.js"

/** The SDK loads in 0.2 to 1.5 seconds; a load that takes longer than this never ends. */
const loadTimeout = Duration.seconds(10)

type Outcome = Effect.Effect<Reply, WechatTransportError>

const make = Effect.fnUntraced(function* (options: CloudOptions) {
  const { appid, credentials, init } = options
  const timeout = yield* checkDuration("timeout", options.timeout ?? "2.5 seconds")
  if (appid !== undefined) {
    yield* checkText("appid", appid)
  }
  const startDeadline = yield* Deadline.make(timeout)
  const startLoading = yield* Deadline.make(loadTimeout)
  const connect = Sdk.connect(options, timeout)
  const ownSecrets = [init?.secretKey, init?.sessionToken].flatMap((secret) =>
    secret === undefined ? [] : [Redacted.value(secret)]
  )
  const hasOwnKeys = init?.secretId !== undefined && init.secretId !== "" && Redacted.value(init.secretKey) !== ""

  /** The cloud may replace the secrets of the environment during a call. */
  const redaction = () => {
    const secretsBefore = environment.secrets()
    return (text: string) => Redaction.make([...ownSecrets, ...secretsBefore, ...environment.secrets()])(text)
  }

  const invoke = (sdk: Sdk.Invoke, { api, body }: Call): PromiseLike<Outcome> => {
    const redact = redaction()
    // inside of a promise, since the SDK throws if it is not initialised
    return new Promise((resolve) => resolve(sdk(api, vocabulary.toCamel(body))))
      .then((result) => Effect.succeed(reply(vocabulary.toBody(result, redact))))
      .catch((thrown: unknown) => refusal.fromThrown(api, thrown, redact))
  }

  const late = ({ api }: Call, what: string, limit: Duration.Duration): Outcome =>
    refusal.fail(api, "timeout", `${what} within ${Duration.format(limit)}`)

  return Transport.of({
    call: (call) =>
      Effect.async((resume) => {
        // wx-server-sdk 4.0.2 ends the process if it finds none
        if (credentials !== "preset" && !hasOwnKeys && !environment.hasKeys()) {
          return resume(refusal.fail(call.api, "credential", refusal.missingKeys))
        }
        const redact = redaction()
        let disarm = startLoading().arm(() => end(late(call, "wx-server-sdk was not loaded", loadTimeout)))
        let isOver = false
        const end = (outcome: Outcome) => {
          isOver = true
          disarm()
          resume(outcome)
        }
        const failed = (defect: unknown) => end(Effect.die(defect))
        connect().then(
          (sdk) => {
            if (!isOver) {
              disarm()
              disarm = startDeadline().arm(() => end(late(call, "no reply from wx-server-sdk", timeout)))
              invoke(sdk, call).then(end, failed)
            }
          },
          (thrown) => end(refusal.fromLoad(call.api, thrown, redact))
        )
        return Effect.sync(() => {
          isOver = true
          disarm()
        })
      }),
    attributes: () => ({ "wechat.transport": "cloud" })
  })
})

/**
 * The transport over your wx-server-sdk (any version from 0.4.3). Inside a cloud function there is nothing to configure: the keys are in the
 * function's environment, which is read at each call.
 *
 * **Gotchas**
 * - Without keys a call fails with reason `credential` before it reaches the SDK, since wx-server-sdk 4.0.2 would end the process and no handler
 *   could prevent it. Keys that your own `cloud.init` has are not visible: use `credentials: "preset"`.
 * - `CloudPermissionMissing` (-604101) lasts for up to ten minutes after the permission was added to config.json and uploaded.
 * - Namespaces of `cloud.openapi` are thenables. A program that resolves a promise, or succeeds an Effect, with `cloud.openapi.pluginManager`
 *   calls WeChat and never continues. This transport never does that.
 * - A call that is interrupted or over its deadline fails at once, but the SDK cannot be stopped: its request goes on, may still
 *   be carried out, and with 4.0.2 its socket can keep the process alive until the other side closes it.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { CloudTransport } from "@effect-wechat/transport-cloud"
 * import cloud from "wx-server-sdk"
 * import { Effect, Redacted } from "effect"
 *
 * cloud.init()
 *
 * const program = PluginManager.getPluginList.pipe(Effect.provide(CloudTransport.layer({ cloud })))
 *
 * // an instance of its own, loaded at the first call, with keys: also outside a cloud function
 * const WeChat = CloudTransport.layer({
 *   cloud: () => import("wx-server-sdk"),
 *   init: { env: "prod-1", secretId: "AKID…", secretKey: Redacted.make("…") }
 * })
 * ```
 */
export const layer = (options: CloudOptions): Layer.Layer<Transport, InvalidOptions> =>
  Layer.effect(Transport, make(options))

/**
 * `layer` with its options from Config, except `cloud`, which is not configuration.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { CloudTransport } from "@effect-wechat/transport-cloud"
 * import { Config } from "effect"
 *
 * const WeChat = CloudTransport.layerConfig({
 *   cloud: () => import("wx-server-sdk"),
 *   init: {
 *     env: Config.string("CLOUD_ENV"),
 *     secretId: Config.string("CLOUD_SECRET_ID"),
 *     secretKey: Config.redacted("CLOUD_SECRET_KEY")
 *   }
 * })
 * ```
 */
export const layerConfig = ({
  cloud,
  ...options
}: Pick<CloudOptions, "cloud"> & LayerConfig.Wrap<Omit<CloudOptions, "cloud">>): Layer.Layer<
  Transport,
  InvalidOptions | ConfigError
> =>
  LayerConfig.make<Omit<CloudOptions, "cloud">, Transport, InvalidOptions, never>(options, (rest) =>
    layer({ cloud, ...rest })
  )
