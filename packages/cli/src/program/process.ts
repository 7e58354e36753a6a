/** The one module that touches the process: its environment, its streams, its signals and its end. */
import * as Effect from "effect/Effect"

/** What must not stay where a child process, or a diagnostic report, would find it. */
const secrets = ["WECHAT_SECRET", "WECHAT_ACCESS_TOKEN"]

/** The environment, its secrets taken out of the process's own. */
export const takeEnvironment = (): Map<string, string> => {
  const environment = new Map(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : ([[name, value]] as const)))
  )
  secrets.forEach((name) => delete process.env[name])
  return environment
}

// a reader that has seen enough, as `head` has, is no error; on stderr there is nobody to tell
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1))
process.stderr.on("error", () => {})

/** Ends when the text is on its way, so that none is lost when the process ends. */
export const write = (stream: "stdout" | "stderr", text: string): Effect.Effect<void> =>
  Effect.async((resume) => {
    process[stream].write(text, () => resume(Effect.void))
  })

/** To stderr, for those who cannot wait. */
export const writeNow = (text: string): void => {
  process.stderr.write(text)
}

export const isTerminal = (stream: "stdin" | "stdout" | "stderr"): boolean => process[stream].isTTY === true

export const stdout = process.stdout
export const stdin = process.stdin

/** where a file has no mode */
export const isWindows = process.platform === "win32"

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

/** Runs at the first signal that asks for the end; the exit code that tells of it, once there was one. */
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
