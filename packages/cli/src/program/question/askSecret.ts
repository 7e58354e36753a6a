import * as Prompt from "@effect/cli/Prompt"
import * as Effect from "effect/Effect"
import { clean } from "../output/foreign.js"
import { Screen } from "../output/screen.js"

/** Asks for an app secret. The terminal shows asterisks, and the secret is not stored. */
export const askSecret = (appid: string) =>
  Effect.flatMap(Screen, ({ say }) =>
    Prompt.run(
      Prompt.password({
        message: clean(say({ zh: `${appid} 的 AppSecret`, en: `App secret of ${appid}` })),
        validate: (text) =>
          text.trim() === ""
            ? Effect.fail(say({ zh: "不能为空", en: "It must not be empty" }))
            : Effect.succeed(text.trim())
      })
    )
  )
