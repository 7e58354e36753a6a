/**
 * A client of an emulator in another process, over its control API. That process may be `effect-wechat-emulator` in a terminal.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Emulator from "./Emulator.js"
import { type Control, controls } from "./internal/control/api.js"
import * as MiniPrograms from "./internal/domain/miniPrograms.js"
import * as Urls from "./internal/http/urls.js"

/**
 * No emulator answers at that URL, or one of another version.
 *
 * @category errors
 * @since 0.1.0
 */
export class EmulatorUnreachable extends Data.TaggedError("EmulatorUnreachable")<{
  readonly url: URL
  readonly description: string
}> {
  override get message(): string {
    return `No emulator answers at ${this.url.origin}: ${this.description}`
  }
}

const make = Effect.fnUntraced(function* (url: URL) {
  const client = yield* HttpClient.HttpClient

  const call = <A, I, B, J>({ name, payload, success }: Control<A, I, B, J>, value: A) =>
    Effect.gen(function* () {
      // an invalid argument is a mistake of the caller, and must not look like a failed connection
      const body = yield* Effect.orDie(Schema.encode(payload)(value))
      const request = HttpClientRequest.bodyUnsafeJson(
        HttpClientRequest.post(new URL(Urls.controlPrefix + name, url)),
        body
      )
      const response = yield* client.execute(request)
      return response.status === 200
        ? yield* HttpClientResponse.schemaBodyJson(success)(response)
        : yield* new EmulatorUnreachable({ url, description: yield* response.text })
    }).pipe(
      Effect.mapError((error) =>
        error._tag === "EmulatorUnreachable" ? error : new EmulatorUnreachable({ url, description: error.message })
      )
    )

  // a test cannot recover from an emulator that has stopped
  const ask = <A, I, B, J>(control: Control<A, I, B, J>, value: A) => Effect.orDie(call(control, value))

  const world = ask(controls.world, {})
  return Emulator.Emulator.of({
    ...Urls.make(url),
    ...(yield* call(controls.connect, {})),
    world,
    seed: (world) => ask(controls.seed, world),
    miniProgram: MiniPrograms.find(world),
    plugins: ask(controls.plugins, {}),
    setPlugins: (plugins) => ask(controls.setPlugins, plugins),
    fault: (fault) => ask(controls.fault, fault),
    release: ask(controls.release, {}),
    expireTokens: (options = {}) => ask(controls.expireTokens, options),
    issueToken: ask(controls.issueToken, {}),
    cloudbaseToken: ask(controls.cloudbaseToken, {}),
    pluginLogin: (options) => ask(controls.pluginLogin, options),
    push: (options) => ask(controls.push, options),
    journal: ask(controls.journal, {}),
    journalDropped: ask(controls.journalDropped, {}),
    awaitRequest: (endpoint, nth = 1) => ask(controls.awaitRequest, { endpoint, nth }),
    advance: (duration) => ask(controls.advance, { millis: Duration.decode(duration) }),
    reset: ask(controls.reset, {})
  })
})

/**
 * Connects to the emulator at that URL and provides the same service as {@link Emulator.layer}.
 *
 * **Gotchas**
 *
 * Credentials in the journal are masked. If the emulator stops after the layer is built, every call is a defect. The emulator uses the
 * clock of its own process, so only `advance` moves its time, not a `TestClock` of yours.
 *
 * @example
 * ```ts
 * import { Emulator } from "@effect-wechat/emulator"
 * import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Effect, Layer } from "effect"
 *
 * const emulator = EmulatorClient.layer({ url: new URL("http://127.0.0.1:8788") })
 *
 * Emulator.Emulator.pipe(
 *   Effect.flatMap((wechat) => wechat.advance("2 days")),
 *   Effect.provide(Layer.provide(emulator, FetchHttpClient.layer))
 * )
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: {
  readonly url: URL
}): Layer.Layer<Emulator.Emulator, EmulatorUnreachable, HttpClient.HttpClient> =>
  Layer.effect(Emulator.Emulator, make(options.url))
