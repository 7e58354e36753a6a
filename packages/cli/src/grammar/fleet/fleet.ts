/** `fleet`: a group of commands over many mini programs. */
import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import { CliError } from "../../program/failure/errors.js"
import type { Say } from "../../program/language/language.js"
import type { About } from "../define.js"
import { readers } from "./readers.js"
import { sweeps } from "./sweeps.js"

const name = "fleet"

const about: About = {
  summary: {
    zh: "管理成千上万个小程序的插件（需安装 @effect-wechat/fleet）。",
    en: "The plugins of thousands of mini programs. It needs @effect-wechat/fleet beside this command."
  },
  examples: ["fleet sweep --emulator", "fleet sweep --apps apps.txt", "fleet diff", "fleet resume"]
}

export const fleet = (say: Say) => {
  const commands = [...sweeps(say), ...readers(say)] as const
  const [first, ...others] = commands
  const command = Command.make(name).pipe(
    Command.withDescription(say(about.summary)),
    Command.withSubcommands([first.command, ...others.map(({ command }) => command)])
  )
  return { ...about, name, command, commands }
}

/** Refuses an unknown command of the group: @effect/cli would name the commands beside the group instead of those in it. */
export const refuseUnknown = ([word, subword = ""]: ReadonlyArray<string>, say: Say) => {
  const names: ReadonlyArray<string> = fleet(say).commands.map(({ name }) => name)
  const known = names.map((name) => `'${name}'`).join(", ")
  return word !== name || names.includes(subword)
    ? Effect.void
    : new CliError({
        category: "usage",
        text: {
          zh: `fleet 没有这个命令，可用的有：${known}`,
          en: `Invalid subcommand for fleet - use one of ${known}`
        },
        hint: { zh: "用 --help 查看用法。", en: "See --help." }
      })
}
