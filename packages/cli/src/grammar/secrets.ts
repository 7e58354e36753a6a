import * as Effect from "effect/Effect"
import { CliError } from "../program/failure/errors.js"
import { hasSecret } from "./secretOptions.js"

/** Refuses secrets in the arguments. It runs before the parser, which repeats unknown arguments in its errors. */
export const refuseSecrets = (args: ReadonlyArray<string>) =>
  hasSecret(args)
    ? new CliError({
        category: "usage",
        text: {
          zh: "密钥不能作为参数：进程列表与 shell 历史都会留下它",
          en: "a secret cannot be an argument: the process list and the history of the shell show it"
        },
        hint: {
          zh: "请改用 WECHAT_SECRET 或配置文件，或在终端中输入。刚才输入的密钥请重置。",
          en: "Use WECHAT_SECRET or the config file, or type it when asked. Reset the secret that was just used."
        }
      })
    : Effect.void
