/** Secrets that are not at hand: those that a command prints, and those that somebody types. */
import * as Prompt from "@effect/cli/Prompt"
import * as Command from "@effect/platform/Command"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { CliError } from "./failure.js"
import { Screen } from "./screen.js"
import type { Secret } from "./settings.js"

/** What the user sees of the command is its stderr, and it can ask for a passphrase; what it prints nobody sees. */
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

/** The secret of a profile. */
export const read = (profile: string, secret: typeof Secret.Type) =>
  Redacted.isRedacted(secret)
    ? Effect.succeed(secret)
    : Effect.flatMap(run(secret.command), (text) =>
        /^\S+$/.test(text)
          ? Effect.succeed(Redacted.make(text))
          : new CliError({
              kind: "credential",
              text: {
                zh: `配置 ${profile} 的命令没有给出密钥`,
                en: `the command of profile ${profile} gave no secret`
              },
              hint: {
                zh: "它应当以 0 退出，且只输出密钥。",
                en: "It has to end with 0, and to print the secret and nothing else."
              }
            })
      )

/** Typed on the terminal, where only asterisks show; kept nowhere. */
export const ask = (appid: string) =>
  Effect.flatMap(Screen, ({ say }) =>
    Prompt.run(
      Prompt.password({
        message: say({ zh: `${appid} 的 AppSecret`, en: `App secret of ${appid}` }),
        validate: (text) =>
          text.trim() === ""
            ? Effect.fail(say({ zh: "不能为空", en: "It cannot be empty" }))
            : Effect.succeed(text.trim())
      })
    )
  )
