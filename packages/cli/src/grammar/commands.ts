/** All commands. */
import * as Command from "@effect/cli/Command"
import type { Say } from "../program/language/language.js"
import type { About } from "./define.js"
import { developer } from "./developer.js"
import { fleet } from "./fleet/fleet.js"
import { miniProgram } from "./miniProgram.js"
import { tools } from "./tools.js"

export const name = "wechat-plugin"

export const about: About = {
  summary: {
    zh: "列出、申请、移除、更新微信小程序的插件，并审批他人对自己插件的申请。",
    en: "Lists, applies for, removes and updates the plugins of WeChat mini programs, and decides on applications for your own plugin."
  },
  examples: ["list --emulator", "list --profile shop --json", "errors 89236", "doctor"]
}

export const definitions = (say: Say) => [...miniProgram(say), ...developer(say), fleet(say), ...tools(say)] as const

/** The names of all commands, those of a group as two words. */
export const names = (say: Say): ReadonlyArray<string> =>
  definitions(say).flatMap((definition) => [
    definition.name,
    ...("commands" in definition ? definition.commands.map(({ name }) => `${definition.name} ${name}`) : [])
  ])

export const root = (say: Say) => {
  const [first, ...others] = definitions(say)
  return Command.make(name).pipe(Command.withSubcommands([first.command, ...others.map(({ command }) => command)]))
}
