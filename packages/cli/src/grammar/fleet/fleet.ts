/** `fleet`: a group of commands over many mini programs. */
import * as Command from "@effect/cli/Command"
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
