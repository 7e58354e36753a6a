import type * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { stripVTControlCharacters } from "node:util"
import { completions } from "../language/boilerplate.js"
import { Screen } from "./screen.js"

/** The console of @effect/cli, which prints completion scripts. `report` shows its errors, so `error` prints nothing. */
export const make: Effect.Effect<Console.Console, never, Screen> = Effect.gen(function* () {
  const { writeText } = yield* Screen
  const console = yield* Effect.console
  return {
    ...console,
    log: (...args: ReadonlyArray<unknown>) =>
      writeText(`${completions(stripVTControlCharacters(args.join(" "))).trimEnd()}\n`),
    error: () => Effect.void
  }
})
