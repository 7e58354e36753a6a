import { spawn } from "@lydell/node-pty"
import xterm from "@xterm/headless"
import { Cause, Effect, type Scope } from "effect"
import { bin, nobody, runtime } from "./support.js"

export interface Session {
  /** types keys */
  readonly type: (keys: string) => void
  /** waits until the screen shows a match, and returns the screen */
  readonly shows: (pattern: RegExp) => Effect.Effect<string>
  /** waits for the end of the process and of its output, and returns the exit code */
  readonly ended: Effect.Effect<number>
  readonly screen: () => string
  /** the lines that were longer than the terminal, which broke them */
  readonly broken: () => ReadonlyArray<string>
  /** the output with its escape sequences */
  readonly bytes: () => string
  /** the column of the first match in each line that has one */
  readonly columnsOf: (pattern: RegExp) => ReadonlyArray<number>
  /** the color of the text in the terminal's palette; -1 is none */
  readonly colourOf: (text: string) => number
  readonly cursorIsVisible: () => boolean
}

/** Runs the command in a real terminal: a pty, whose output xterm reads. */
export const terminal = (
  args: ReadonlyArray<string>,
  env: Record<string, string> = {},
  on = runtime,
  /** where stdout goes; by default to the terminal */
  stdout = "/dev/tty",
  command = bin,
  columns = 160
): Effect.Effect<Session, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() =>
        spawn("bash", ["-c", `exec "$@" > "$0"`, stdout, on, command, ...args], {
          // node-pty sets TERM to it
          name: env["TERM"] ?? nobody.TERM,
          cols: columns,
          rows: 30,
          env: { PATH: process.env["PATH"], ...nobody, ...env }
        })
      ),
      (pty) => Effect.sync(() => pty.kill())
    ),
    (pty) => {
      const term = new xterm.Terminal({ cols: columns, rows: 30, allowProposedApi: true })
      const lines = () =>
        Array.from({ length: term.buffer.active.length }, (_, at) =>
          term.buffer.active.getLine(at)!.translateToString(true)
        )
      const screen = () => lines().join("\n").trimEnd()
      let bytes = ""
      let code: number | undefined
      const watchers = new Set<() => void>()
      const changed = () => watchers.forEach((watch) => watch())
      pty.onData((data) => {
        bytes += data
        term.write(data, changed)
      })
      // the program may wait for the replies of the terminal
      term.onData((data) => pty.write(data))
      pty.onExit(({ exitCode, signal }) =>
        term.write("", () => {
          code = signal ? 128 + signal : exitCode
          changed()
        })
      )
      const until = <A>(look: () => A | undefined) =>
        Effect.async<A>((resume) => {
          const watch = () => {
            const seen = look()
            if (seen !== undefined) {
              watchers.delete(watch)
              resume(Effect.succeed(seen))
            }
          }
          watchers.add(watch)
          watch()
        }).pipe(Effect.timeoutFailCause({ duration: "2 minutes", onTimeout: () => neverShown(screen()) }))
      const cellsOf = (at: number) =>
        Array.from({ length: columns }, (_, x) => term.buffer.active.getLine(at)!.getCell(x)!)
      return {
        type: (keys) => pty.write(keys),
        shows: (pattern) => until(() => (pattern.test(screen()) ? screen() : undefined)),
        ended: until(() => code),
        screen,
        broken: () => lines().filter((_, at) => term.buffer.active.getLine(at)!.isWrapped),
        bytes: () => bytes,
        columnsOf: (pattern) =>
          lines().flatMap((line, y) => {
            const found = pattern.exec(line)
            const before = found === null ? "" : line.slice(0, found.index)
            const cells = cellsOf(y)
            // a wide character takes two cells, of which the second is empty
            let text = ""
            const x = cells.findIndex((cell) => {
              const here = text === before
              text += cell.getChars() || (cell.getWidth() === 0 ? "" : " ")
              return here && cell.getWidth() > 0
            })
            return found === null ? [] : [x]
          }),
        colourOf: (text) => {
          const y = lines().findIndex((line) => line.includes(text))
          const [x] = term.buffer.active.getLine(y)!.translateToString().split(text)
          const cells = cellsOf(y).filter((cell) => cell.getWidth() > 0)
          const cell = cells[[...x!].length]!
          return cell.isFgDefault() ? -1 : cell.getFgColor()
        },
        cursorIsVisible: () => bytes.lastIndexOf("\u001b[?25l") <= bytes.lastIndexOf("\u001b[?25h")
      }
    }
  )

const neverShown = (screen: string) => Cause.die(new Error(`The terminal did not show it. It shows:\n${screen}`))
