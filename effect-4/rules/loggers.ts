import type { Node } from "ts-morph"
import type { CallRule } from "../engine/emit.js"

const isDefault = (logger: Node | undefined) => logger?.getText() === "Logger.defaultLogger"

/** Effect 4 has one Layer for the loggers, where Effect 3 replaced, removed and added them. */
export const loggers: Readonly<Record<string, CallRule>> = {
  "effect/Logger.add": (_, [logger], { emit, ref }) =>
    `${ref("effect/Logger", "layer")}([${emit(logger!)}], { mergeWithExisting: true })`,
  "effect/Logger.remove": (call, [logger], { ref, unknown }) =>
    isDefault(logger)
      ? `${ref("effect/Logger", "layer")}([])`
      : unknown(call, "Logger.remove is known of Logger.defaultLogger"),
  "effect/Logger.replace": (call, [before, logger], { emit, ref, unknown }) =>
    isDefault(before)
      ? `${ref("effect/Logger", "layer")}([${emit(logger!)}])`
      : unknown(call, "Logger.replace is known of Logger.defaultLogger")
}
