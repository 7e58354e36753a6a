import * as Command from "@effect/platform/Command"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { CliError } from "../failure/errors.js"
import { trimmed } from "./credential.js"
import type { Secret } from "./settings.js"

/** Runs a command in the shell and returns its stdout. The user sees its stderr and can answer its questions, such as for a passphrase. */
const run = (command: string) =>
  Effect.gen(function* () {
    const child = yield* Command.start(
      Command.make(command).pipe(Command.runInShell(true), Command.stdin("inherit"), Command.stderr("inherit"))
    )
    const [text, exitCode] = yield* Effect.all([Stream.mkString(Stream.decodeText(child.stdout)), child.exitCode], {
      concurrency: 2
    })
    return exitCode === 0 ? text.trim() : ""
  }).pipe(
    Effect.scoped,
    Effect.orElseSucceed(() => "")
  )

/** Reads the secret of a profile: the value itself, or the output of its command. */
export const readSecret = (profile: string, field: "secret" | "accessToken", secret: typeof Secret.Type) =>
  Redacted.isRedacted(secret)
    ? trimmed(`profiles.${profile}.${field}`, secret)
    : Effect.flatMap(run(secret.command), (text) =>
        /^[!-~]+$/.test(text)
          ? Effect.succeed(Redacted.make(text))
          : new CliError({
              category: "credential",
              text: {
                zh: `配置 ${profile} 的命令没有输出密钥`,
                en: `the command of profile ${profile} printed no secret`
              },
              hint: {
                zh: "命令必须以 0 退出，并且只输出密钥。",
                en: "It must exit with 0, and print the secret and nothing else."
              }
            })
      )
