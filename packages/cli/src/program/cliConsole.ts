import type * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { stripVTControlCharacters } from "node:util"
import { completions } from "./boilerplate.js"
import { Screen } from "./screen.js"

/** What @effect/cli prints by itself: completions. Its errors are told by `Failure.report`, in one line. */
export const make: Effect.Effect<Console.Console, never, Screen> = Effect.gen(function* () {
  const { print } = yield* Screen
  const console = yield* Effect.console
  return {
    ...console,
    log: (...args: ReadonlyArray<unknown>) => print(completions(stripVTControlCharacters(args.join(" "))).trimEnd()),
    error: () => Effect.void
  }
})
