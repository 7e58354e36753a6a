/** The questions of a wizard. */
import * as Prompt from "@effect/cli/Prompt"
import * as Effect from "effect/Effect"
import type { Text } from "../language/language.js"
import { clean } from "../output/foreign.js"
import { Screen } from "../output/screen.js"

/** Asks for a line of text, until `problem` finds nothing wrong with it. */
export const askText = (question: Text, initial: string, problem: (text: string) => Text | undefined) =>
  Effect.flatMap(Screen, ({ say }) =>
    Prompt.run(
      Prompt.text({
        message: clean(say(question)),
        default: clean(initial),
        validate: (text) => {
          const wrong = problem(text.trim())
          return wrong === undefined ? Effect.succeed(text.trim()) : Effect.fail(say(wrong))
        }
      })
    )
  )

/** Lets the user choose one of several answers. */
export const choose = <const A extends string>(
  question: Text,
  answers: ReadonlyArray<readonly [value: A, title: Text]>
) =>
  Effect.flatMap(Screen, ({ say }) =>
    Prompt.run(
      Prompt.select({
        message: clean(say(question)),
        choices: answers.map(([value, title]) => ({ value, title: say(title) }))
      })
    )
  )
