import * as Prompt from "@effect/cli/Prompt"
import * as Effect from "effect/Effect"
import { Cancelled, CliError } from "./failure.js"
import type { Text } from "./language.js"
import { Screen } from "./screen.js"

/** Before what cannot be taken back: asks where somebody is there, and wants `--yes` where nobody is. */
export const confirm = (question: Text, yes: boolean) =>
  Effect.gen(function* () {
    const { isInteractive, say } = yield* Screen
    if (yes) {
      return
    }
    if (!isInteractive) {
      return yield* new CliError({
        kind: "usage",
        text: { zh: `需要确认：${question.zh}`, en: `this wants a confirmation: ${question.en}` },
        hint: { zh: "加上 --yes。", en: "Add --yes." }
      })
    }
    const agreed = yield* Prompt.run(Prompt.confirm({ message: say(question) }))
    return yield* agreed ? Effect.void : new Cancelled()
  })
