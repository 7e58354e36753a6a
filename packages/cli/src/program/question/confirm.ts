import * as Prompt from "@effect/cli/Prompt"
import * as Effect from "effect/Effect"
import { Cancelled, CliError } from "../failure/errors.js"
import type { Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import { Screen } from "../output/screen.js"

/** Asks before a change that cannot be undone. Without a user to ask it requires `--yes`. */
export const confirm = (question: Text, yes: boolean) =>
  Effect.gen(function* () {
    const { isInteractive, say } = yield* Screen
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
    const agreed = yield* Prompt.run(Prompt.confirm({ message: clean(say(question)) }))
    return yield* agreed ? Effect.void : new Cancelled()
  })
