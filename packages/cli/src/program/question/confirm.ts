import * as Prompt from "@effect/cli/Prompt"
import * as Effect from "effect/Effect"
import { Cancelled, CliError } from "../failure/errors.js"
import type { Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import { Screen } from "../output/screen.js"

/**
 * Asks before a change that cannot be undone. Without a user to ask it requires `--yes`. `named` is the question with what only a call can tell,
 * such as a nickname; it is made only for a user who reads it.
 */
export const confirm = <R = never>(question: Text, yes: boolean, named?: Effect.Effect<Text, unknown, R>) =>
  Effect.gen(function* () {
    const { busy, isInteractive, say } = yield* Screen
    if (yes) {
      return
    }
    if (!isInteractive) {
      return yield* new CliError({
        category: "usage",
        text: { zh: `需要确认：${question.zh}`, en: `confirmation required: ${question.en}` },
        hint: { zh: "加上 --yes。", en: "Add --yes." }
      })
    }
    const asked =
      named === undefined
        ? question
        : yield* busy(say({ zh: "查询中 …", en: "asking …" }))(Effect.orElseSucceed(named, () => question))
    const agreed = yield* Prompt.run(Prompt.confirm({ message: clean(say(asked)) }))
    return yield* agreed ? Effect.void : new Cancelled()
  })
