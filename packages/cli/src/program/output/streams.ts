/** The streams and the environment of the process, without anything that takes time to load. */

/** Removed from the environment of the process, so that child processes and diagnostic reports do not have them. */
const secrets = ["WECHAT_SECRET", "WECHAT_ACCESS_TOKEN", "WECHAT_PLUGIN_WEBHOOK_SECRET"]

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

/** Writes the text as it is, and calls `onTaken` when the stream has taken it, so that the process can exit afterwards. */
export const write = (stream: "stdout" | "stderr", text: string, onTaken: () => void = () => {}): void => {
  process[stream].write(text, onTaken)
}

export const isTerminal = (stream: "stdin" | "stdout" | "stderr"): boolean => process[stream].isTTY === true

export const isDumb = (environment: ReadonlyMap<string, string>): boolean => environment.get("TERM") === "dumb"

export const hasColors = (stream: "stdout" | "stderr", environment: ReadonlyMap<string, string>): boolean =>
  isTerminal(stream) && !isDumb(environment) && (environment.get("NO_COLOR") ?? "") === ""

/** How many columns the terminal has. Without a terminal, or if it does not say so, there is no limit. */
export const columns = (stream: "stdout" | "stderr"): number => process[stream].columns || Infinity

export const stdout = process.stdout
export const stdin = process.stdin
