import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import type { Say, Text } from "../program/language.js"

/** What help says of a command beside its arguments and options: what it does, and commands to copy. */
export interface About {
  readonly summary: Text
  readonly examples: ReadonlyArray<string>
}

/** A command, whose work is loaded when it is run: help and completions need none of it. */
export const define = <const Name extends string, const Config extends Command.Command.Config, A, E, R>(
  say: Say,
  name: Name,
  about: About,
  config: Config,
  load: () => Promise<(options: Command.Command.ParseConfig<Config>) => Effect.Effect<A, E, R>>
) => ({
  ...about,
  name,
  command: Command.make(name, config, (options) =>
    Effect.flatMap(Effect.promise(load), (run) => Effect.asVoid(run(options as Command.Command.ParseConfig<Config>)))
  ).pipe(Command.withDescription(say(about.summary)))
})
