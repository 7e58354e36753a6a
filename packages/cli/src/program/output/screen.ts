/** The only way to stdout and stderr. Results go to stdout, everything else goes to stderr, and all text is cleaned. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { createSupportsHyperlinks } from "supports-hyperlinks"
import type { Say } from "../language/language.js"
import { cleanJson, cleanLines } from "./foreign.js"
import type { Invocation } from "./invocation.js"
import * as Process from "./process.js"
import * as Streams from "./streams.js"
import { cut, makeStyle, plain, render, type Span, type Style, width } from "./span.js"
import { type Block, renderBlocks } from "./table.js"

export class Screen extends Context.Tag("@effect-wechat/cli/Screen")<Screen, Screen.Service>() {}

export declare namespace Screen {
  export interface Service {
    readonly invocation: Invocation
    readonly say: Say
    /** whether a user can answer questions */
    readonly isInteractive: boolean
    /** prints lines on stdout; on a terminal they fit into it */
    readonly print: (blocks: ReadonlyArray<Block>) => Effect.Effect<void>
    /** prints lines on stderr */
    readonly note: (blocks: ReadonlyArray<Block>) => Effect.Effect<void>
    /** prints a result: with `--json` the value, otherwise the lines */
    readonly answer: (json: unknown, blocks: () => ReadonlyArray<Block>) => Effect.Effect<void>
    /** prints one of several results; with `--json` each is one line */
    readonly answerLine: (json: unknown, blocks: () => ReadonlyArray<Block>) => Effect.Effect<void>
    /** writes JSON text on stdout */
    readonly writeJson: (json: string) => Effect.Effect<void>
    /** writes the lines of a file, such as CSV, on stdout */
    readonly writeText: (text: string) => Effect.Effect<void>
    /** whether `draw` shows anything: stderr is a terminal, and the output is for a reader */
    readonly canDraw: boolean
    /** shows a line of stderr that the next one replaces; without a line, it is removed */
    readonly draw: (line?: Span) => Effect.Effect<void>
    /** shows a spinner on a terminal while the effect runs */
    readonly busy: (text: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  }
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const clearLine = "\r\u001b[K"

const spin = (text: string, style: Style) => {
  let turn = 0
  return Effect.suspend(() => {
    const frame = frames[turn++ % frames.length]!
    return Process.write("stderr", `${clearLine}${render([frame, " ", text], style)}`)
  }).pipe(Effect.repeat(Schedule.spaced("80 millis")))
}

export const make = (invocation: Invocation, environment: ReadonlyMap<string, string>): Screen.Service => {
  const hasLinks = Streams.isTerminal("stdout") && createSupportsHyperlinks(Streams.stdout)
  const styles = {
    stdout: makeStyle(Streams.hasColors("stdout", environment), hasLinks),
    stderr: makeStyle(Streams.hasColors("stderr", environment), false)
  }
  const printOn = (stream: "stdout" | "stderr") => (blocks: ReadonlyArray<Block>) =>
    Process.write(stream, `${renderBlocks(blocks, styles[stream], Streams.columns(stream))}\n`)
  const print = printOn("stdout")
  const writeJson = (json: string) => Process.write("stdout", cleanJson(json))
  const canDraw = Streams.isTerminal("stderr") && !Streams.isDumb(environment)
  const answerIn = (indent: number) => (json: unknown, blocks: () => ReadonlyArray<Block>) =>
    invocation.json ? writeJson(`${JSON.stringify(json, null, indent)}\n`) : print(blocks())
  return {
    invocation,
    say: (text) => text[invocation.language],
    isInteractive: Streams.isTerminal("stdin") && Streams.isTerminal("stderr"),
    print,
    note: printOn("stderr"),
    answer: answerIn(2),
    answerLine: answerIn(0),
    writeJson,
    writeText: (text) => Process.write("stdout", cleanLines(text)),
    canDraw: canDraw && !invocation.json,
    draw: (line) => {
      // a line that is too long for the terminal could not be replaced, and is shown without its colours as far as it fits
      const style = styles.stderr
      const room = Streams.columns("stderr") - 1
      const text = line === undefined ? "" : plain(line, style)
      const shown = line === undefined ? "" : width(text) <= room ? render(line, style) : cut(text, room)
      return Process.write("stderr", `${clearLine}${shown}`)
    },
    busy: (text) => (effect) =>
      canDraw
        ? Effect.scoped(
            Effect.zipRight(
              Effect.forkScoped(spin(text, styles.stderr)).pipe(
                Effect.zipRight(Effect.addFinalizer(() => Process.write("stderr", clearLine)))
              ),
              effect
            )
          )
        : effect
  }
}
