/** The commands for the config file. */
import * as Command from "@effect/cli/Command"
import type { Say } from "../program/language/language.js"
import { type About, define } from "./define.js"
import { output, target } from "./options.js"

export const login = (say: Say) => {
  const { emulator: _, ...options } = target(say)
  return define(
    say,
    "login",
    {
      summary: {
        zh: "逐步询问 appid 与 AppSecret 的来源，写入配置文件，并检查能否调用。",
        en: "Asks for the appid and where the app secret comes from, writes them to the config file, and checks that they work."
      },
      examples: ["login", "login --profile shop"]
    },
    options,
    () => import("../commands/login.js").then(({ run }) => run)
  )
}

export const profiles = (say: Say) =>
  define(
    say,
    "profiles",
    {
      summary: {
        zh: "列出配置文件中的小程序，不显示密钥。",
        en: "Lists the mini programs of the config file, without secrets."
      },
      examples: ["profiles", "profiles --json"]
    },
    output(say),
    () => import("../commands/profiles.js").then(({ run }) => run)
  )

const path = (say: Say) =>
  define(
    say,
    "path",
    {
      summary: { zh: "显示配置文件的路径。", en: "Shows the path of the config file." },
      examples: ["config path", "config path --json"]
    },
    output(say),
    () => import("../commands/profiles.js").then(({ path }) => path)
  )

export const config = (say: Say) => {
  const about: About = {
    summary: { zh: "配置文件。", en: "The config file." },
    examples: ["config path"]
  }
  const only = path(say)
  const command = Command.make("config").pipe(
    Command.withDescription(say(about.summary)),
    Command.withSubcommands([only.command])
  )
  return { ...about, name: "config" as const, command, commands: [only] as const }
}
