import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import type { Say, Text } from "../program/language/language.js"

/** The summary of a command in its help, and examples. */
export interface About {
  readonly summary: Text
  readonly examples: ReadonlyArray<string>
}

/** A command. Its implementation is loaded when it runs, because help and completions do not need it. */
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
