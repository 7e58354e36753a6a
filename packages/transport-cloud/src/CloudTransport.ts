/**
 * WeChat by a cloud call: `cloud.openapi.pluginManager.getPluginList(…)` of wx-server-sdk, as a WeChat cloud function makes it.
 *
 * @since 0.1.0
 */
import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import { type Call, type Reply, reply, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as environment from "./internal/environment.js"
import { defaults, type Options } from "./internal/options.js"
import * as refusal from "./internal/refusal.js"
import * as Sdk from "./internal/sdk.js"
import * as vocabulary from "./internal/vocabulary.js"

export type { Init, Options, WxServerSdk } from "./internal/options.js"

const make = Effect.fnUntraced(function* (options: Options) {
  const { credentials, init } = options
  const timeout = Duration.decode(options.timeout ?? defaults.timeout)
  const startDeadline = yield* Deadline.make(timeout)
  const connect = Sdk.connect(options)
  const ownSecrets = [init?.secretKey, init?.sessionToken].flatMap((secret) =>
    secret === undefined ? [] : [Redacted.value(secret)]
  )
  const hasOwnKeys = init?.secretId !== undefined && init.secretId !== "" && Redacted.value(init.secretKey) !== ""

  const invoke = ({ api, body }: Call): PromiseLike<Effect.Effect<Reply, WechatTransportError>> => {
    const secretsBefore = environment.secrets()
    const redact = (text: string) => Redaction.make([...ownSecrets, ...secretsBefore, ...environment.secrets()])(text)
    return connect().then(
      (sdk) =>
        // in a promise from its start, since the SDK throws when it is not initialised
        new Promise((resolve) => resolve(sdk(api, vocabulary.toCamel(body))))
          .then((result) => Effect.succeed(reply(vocabulary.toBody(result, redact))))
          .catch((thrown: unknown) => refusal.fromThrown(api, thrown, redact)),
      (thrown) => refusal.fromLoad(api, thrown, redact)
    )
  }

  return Transport.of({
    call: (call) =>
      Effect.async((resume) => {
        // wx-server-sdk 4.0.2 ends the process when it finds none
        if (credentials !== "preset" && !hasOwnKeys && !environment.hasKeys()) {
          return resume(refusal.fail(call.api, "credential", refusal.missingKeys))
        }
        const disarm = startDeadline().arm(() =>
          resume(refusal.fail(call.api, "timeout", `no reply from wx-server-sdk within ${Duration.format(timeout)}`))
        )
        const end = (effect: Effect.Effect<Reply, WechatTransportError>) => {
          disarm()
          resume(effect)
        }
        invoke(call).then(end, (defect) => end(Effect.die(defect)))
        return Effect.sync(disarm)
      }),
    attributes: () => ({ "wechat.transport": "cloud" })
  })
})

/**
 * The transport over your wx-server-sdk (any version from 0.4.3). Inside a cloud function there is nothing to configure: the
 * platform puts the keys into the function's environment, and they are looked for there at each call.
 *
 * **Gotchas**
 * - Without keys a call fails before it reaches the SDK, reason `credential`: 4.0.2 would end the process, beyond the reach
 *   of any handler. Keys that your own `cloud.init` was given cannot be seen: say `credentials: "preset"`.
 * - `CloudPermissionMissing` (-604101) stays for up to ten minutes after config.json got its permission and was uploaded.
 * - Namespaces of `cloud.openapi` are thenables: a program that resolves a promise or succeeds an Effect with
 *   `cloud.openapi.pluginManager` calls WeChat and never goes on. This transport never does.
 * - A call that is interrupted or over its deadline fails at once, but the SDK cannot be told: its request goes on, may still
 *   be carried out, and with 4.0.2 its socket can hold the process until the other side closes.
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
export const layer = (options: Options): Layer.Layer<Transport> => Layer.effect(Transport, make(options))

/**
 * `layer` with its options from Config, but for `cloud` and `credentials`, which are not configuration.
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
  credentials,
  ...options
}: Pick<Options, "cloud" | "credentials"> & Config.Config.Wrap<Omit<Options, "cloud" | "credentials">>): Layer.Layer<
  Transport,
  ConfigError
> =>
  Layer.unwrapEffect(
    // `undefined` stands for an option that is left out, and Config.unwrap does not take it
    Effect.map(
      Config.unwrap<Omit<Options, "cloud" | "credentials">>(
        Record.filter(options as Record<string, unknown>, (config) => config !== undefined) as typeof options
      ),
      (rest) => layer({ cloud, credentials, ...rest })
    )
  )
