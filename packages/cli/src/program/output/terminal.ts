import * as Terminal from "@effect/platform/Terminal"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Process from "./process.js"

/** The terminal of prompts, which writes to stderr. A prompt brings its own escape sequences: clean the text of a question first. */
export const layer: Layer.Layer<Terminal.Terminal, never, Terminal.Terminal> = Layer.effect(
  Terminal.Terminal,
  Effect.map(Terminal.Terminal, (terminal) =>
    Terminal.Terminal.of({
      columns: terminal.columns,
      rows: terminal.rows,
      isTTY: terminal.isTTY,
      readInput: terminal.readInput,
      readLine: terminal.readLine,
      display: (text) => Process.write("stderr", text)
    })
  )
)
