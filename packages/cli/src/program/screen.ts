/** What the user sees, and where: answers on stdout, everything else on stderr. */
import * as Terminal from "@effect/platform/Terminal"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { createSupportsHyperlinks } from "supports-hyperlinks"
import type { Invocation } from "./invocation.js"
import type { Say } from "./language.js"
import * as Process from "./process.js"
import * as Style from "./style.js"

export class Screen extends Context.Tag("@effect-wechat/cli/Screen")<Screen, Screen.Service>() {}

export declare namespace Screen {
  export interface Service {
    readonly invocation: Invocation
    readonly say: Say
    /** somebody is there to be asked */
    readonly isInteractive: boolean
    /** of stdout */
    readonly style: Style.Style
    /** of stderr */
    readonly noteStyle: Style.Style
    /** a line on stdout */
    readonly print: (text: string) => Effect.Effect<void>
    /** a line on stderr */
    readonly note: (text: string) => Effect.Effect<void>
    /** an answer: its JSON or, for people, its text */
    readonly answer: (json: unknown, text: (style: Style.Style) => string) => Effect.Effect<void>
    /** one of many answers: a line of JSON each */
    readonly answerLine: (json: unknown, text: (style: Style.Style) => string) => Effect.Effect<void>
    /** shows that something is being waited for, where somebody looks */
    readonly busy: (text: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  }
}

/** JSON.stringify leaves these as they are, and some terminals obey them. */
const quiet = (json: string) =>
  json.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const clearLine = "\r\u001b[K"

const spin = (text: string) => {
  let turn = 0
  return Effect.suspend(() => Process.write("stderr", `${clearLine}${frames[turn++ % frames.length]} ${text}`)).pipe(
    Effect.repeat(Schedule.spaced("80 millis"))
  )
}

export const make = (invocation: Invocation, environment: ReadonlyMap<string, string>): Screen.Service => {
  const isDumb = environment.get("TERM") === "dumb"
  const hasColours = (stream: "stdout" | "stderr") =>
    Process.isTerminal(stream) && !isDumb && (environment.get("NO_COLOR") ?? "") === ""
  const style = Style.make(
    hasColours("stdout"),
    Process.isTerminal("stdout") && createSupportsHyperlinks(Process.stdout)
  )
  const print = (text: string) => Process.write("stdout", `${text}\n`)
  const answerIn = (indent: number) => (json: unknown, text: (style: Style.Style) => string) =>
    print(invocation.json ? quiet(JSON.stringify(json, null, indent)) : text(style))
  return {
    invocation,
    say: (text) => text[invocation.language],
    isInteractive: Process.isTerminal("stdin") && Process.isTerminal("stderr"),
    style,
    noteStyle: Style.make(hasColours("stderr"), false),
    print,
    note: (text) => Process.write("stderr", `${text}\n`),
    answer: answerIn(2),
    answerLine: answerIn(0),
    busy: (text) => (effect) =>
      Process.isTerminal("stderr") && !isDumb
        ? Effect.scoped(
            Effect.zipRight(
              Effect.forkScoped(spin(text)).pipe(
                Effect.zipRight(Effect.addFinalizer(() => Process.write("stderr", clearLine)))
              ),
              effect
            )
          )
        : effect
  }
}

/** Prompts are no answers: they go to stderr. */
export const layerTerminal: Layer.Layer<Terminal.Terminal, never, Terminal.Terminal> = Layer.effect(
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
