/** The only module that uses the process: its environment, streams, signals and exit. */
import * as Effect from "effect/Effect"

/** Removed from the environment of the process, so that child processes and diagnostic reports do not have them. */
const secrets = ["WECHAT_SECRET", "WECHAT_ACCESS_TOKEN"]

/** Returns the environment, and removes the secrets from the process. */
export const takeEnvironment = (): Map<string, string> => {
  const environment = new Map(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : ([[name, value]] as const)))
  )
  secrets.forEach((name) => delete process.env[name])
  return environment
}

// a reader that stops early, such as `head`, is not an error; errors of stderr cannot be shown anywhere
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1))
process.stderr.on("error", () => {})

/** Writes the text as it is. It completes when the stream has taken the text, so that the process can exit afterwards. */
export const write = (stream: "stdout" | "stderr", text: string): Effect.Effect<void> =>
  Effect.async((resume) => {
    process[stream].write(text, () => resume(Effect.void))
  })

/** Writes to stderr without waiting. */
export const writeNow = (text: string): void => {
  process.stderr.write(text)
}

export const isTerminal = (stream: "stdin" | "stdout" | "stderr"): boolean => process[stream].isTTY === true

export const stdout = process.stdout
export const stdin = process.stdin

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
