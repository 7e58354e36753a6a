/**
 * The emulator of another process, by its control API: `effect-wechat-emulator` in a terminal, or the one of another test.
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
import { type Control, controls, prefix } from "./internal/control/api.js"
import { findMiniProgram } from "./internal/findMiniProgram.js"
import * as Urls from "./internal/http/urls.js"

/**
 * There is no emulator at that URL, or none of this version.
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
      const body = yield* Schema.encode(payload)(value)
      const request = HttpClientRequest.bodyUnsafeJson(HttpClientRequest.post(new URL(prefix + name, url)), body)
      const response = yield* client.execute(request)
      return response.status === 200
        ? yield* HttpClientResponse.schemaBodyJson(success)(response)
        : yield* new EmulatorUnreachable({ url, description: yield* response.text })
    }).pipe(
      Effect.mapError((error) =>
        error._tag === "EmulatorUnreachable" ? error : new EmulatorUnreachable({ url, description: error.message })
      )
    )

  // a test can do nothing about an emulator that is gone
  const ask = <A, I, B, J>(control: Control<A, I, B, J>, value: A) => Effect.orDie(call(control, value))

  const world = ask(controls.world, {})
  return Emulator.Emulator.of({
    ...Urls.make(url),
    ...(yield* call(controls.connect, {})),
    world,
    seed: (world) => ask(controls.seed, world),
    miniProgram: findMiniProgram(world),
    plugins: ask(controls.plugins, {}),
    setPlugins: (plugins) => ask(controls.setPlugins, plugins),
    fault: (fault) => ask(controls.fault, fault),
    release: ask(controls.release, {}),
    expireTokens: (options = {}) => ask(controls.expireTokens, options),
    issueToken: ask(controls.issueToken, {}),
    cloudbaseToken: ask(controls.cloudbaseToken, {}),
    journal: ask(controls.journal, {}),
    awaitRequest: (endpoint, nth = 1) => ask(controls.awaitRequest, { endpoint, nth }),
    advance: (duration) => ask(controls.advance, { millis: Duration.decode(duration) }),
    reset: ask(controls.reset, {})
  })
})

/**
 * The emulator at that URL, as the same service that {@link Emulator.layer} gives in-process.
 *
 * **Gotchas**
 *
 * Credentials in its journal are masked: they do not leave the emulator. An emulator that goes away later is a defect. Its time is
 * that of its own process: only `advance` moves it.
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
