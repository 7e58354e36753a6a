import * as Effect from "effect/Effect"
import { CliError } from "../program/failure.js"

/** `--secret`, `--app-secret=…`, `--access-token`, `--token=…`, as users of other tools may type them. */
const isSecretOption = (argument: string) => /^--?(?:[\w-]*secret|(?:access[-_]?)?token)(?:=|$)/i.test(argument)

/** Before the parser sees it: what it does not know it repeats. */
export const refuseSecrets = (args: ReadonlyArray<string>) =>
  args.some(isSecretOption)
    ? new CliError({
        kind: "usage",
        text: {
          zh: "密钥不能作为参数：进程列表与 shell 历史都会留下它",
          en: "a secret is never an argument: the process list and the shell's history show it"
        },
        hint: {
          zh: "请改用 WECHAT_SECRET、配置文件，或在终端中输入；刚才用过的密钥请重置。",
          en: "Use WECHAT_SECRET, the config file, or type it when asked. Reset the one that was just used."
        }
      })
    : Effect.void
