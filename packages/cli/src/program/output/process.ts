/** The process: what it prints, its user, signals and exit. */
import * as Effect from "effect/Effect"
import { text } from "node:stream/consumers"
import * as Streams from "./streams.js"

/** Writes the text as it is. It completes when the stream has taken the text, so that the process can exit afterwards. */
export const write = (stream: "stdout" | "stderr", text: string): Effect.Effect<void> =>
  Effect.async((resume) => Streams.write(stream, text, () => resume(Effect.void)))

/** The id of the user, if the system has user ids. */
export const userId = (): number | undefined => process.getuid?.()

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

/** Runs `run` at the first signal that ends a process. The result is the exit code of that signal, if there was one. */
export const onSignal = (run: () => void): (() => number | undefined) => {
  let exitCode: number | undefined
  for (const [name, number] of Object.entries(signals)) {
    process.once(name, () => {
      exitCode ??= 128 + number
      run()
    })
  }
  return () => exitCode
}

export const exit = (code: number): void => {
  process.exit(code)
}

/** The current folder. */
export const folder = (): string => process.cwd()

/** All of stdin. */
export const readStdin: Effect.Effect<string, unknown> = Effect.tryPromise(() => text(Streams.stdin))
