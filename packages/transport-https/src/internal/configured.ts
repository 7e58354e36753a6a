import * as Config from "effect/Config"
import * as Record from "effect/Record"

/** Options, each of which is read from Config. */
export type Configured<Options> = { readonly [Name in keyof Options]: Config.Config<Options[Name]> }

/** `undefined` stands for an option that is left out, and `Config.all` does not take it. */
export const unwrap = <Options extends object>(configs: Configured<Options>): Config.Config<Options> =>
  Config.all(
    Record.filter(configs as Record<string, Config.Config<unknown>>, (config) => config !== undefined)
  ) as Config.Config<unknown> as Config.Config<Options>
