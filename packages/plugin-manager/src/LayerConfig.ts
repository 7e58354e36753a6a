/**
 * How every `layerConfig` of this library reads its options. Not part of the index: import it as
 * `@effect-wechat/plugin-manager/LayerConfig`.
 *
 * @since 0.1.0
 */
import * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/**
 * Options, each of which is a value or is read from Config.
 *
 * @since 0.1.0
 * @category models
 */
export type Wrap<Options> = { readonly [Name in keyof Options]: Options[Name] | Config.Config.Wrap<Options[Name]> }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype

const hasConfig = (value: unknown): boolean =>
  Config.isConfig(value) || (isRecord(value) && Object.values(value).some(hasConfig))

const unwrap = (value: unknown): Config.Config<unknown> =>
  Config.isConfig(value)
    ? value
    : isRecord(value) && hasConfig(value)
      ? Config.all(Object.fromEntries(Object.entries(value).map(([name, field]) => [name, unwrap(field)])))
      : Config.succeed(value)

/**
 * Turns a layer that takes options into one that reads them from Config.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <Options, A, E, R>(
  options: Wrap<Options>,
  layer: (options: Options) => Layer.Layer<A, E, R>
): Layer.Layer<A, E | ConfigError, R> =>
  // unwrapping keeps the names and gives each option its own type, which TypeScript cannot follow
  Layer.unwrapEffect(Effect.map(unwrap(options) as Config.Config<Options>, layer))
