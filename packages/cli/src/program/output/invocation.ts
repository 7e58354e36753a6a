import { type Language, ofLocale } from "../language/language.js"

/** The arguments, and how the user wants the output. It is read before the arguments are parsed, because help and usage errors need it. */
export interface Invocation {
  readonly args: ReadonlyArray<string>
  readonly language: Language
  readonly json: boolean
  readonly verbose: boolean
}

const isLanguage = (text: string | undefined): text is Language => text === "zh" || text === "en"

const named = (options: ReadonlyArray<string>): Language | undefined => {
  const values = options.flatMap((option, at) =>
    option === "--lang" ? [options[at + 1]] : option.startsWith("--lang=") ? [option.slice("--lang=".length)] : []
  )
  return values.filter(isLanguage).at(-1)
}

/** The commands that have commands of their own. */
export const groups: ReadonlyArray<string> = ["fleet", "config"]

const flags = ["--json", "--verbose", "--emulator", "--help", "-h"]
const valued = ["--lang", "--appid", "--profile"]

/** Moves options behind the command: `--json list` means `list --json`, and `--json fleet status` means `fleet status --json`. */
const withCommandFirst = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  let at = 0
  while (at < args.length) {
    const [name, value] = args[at]!.split("=")
    if (!flags.includes(name!) && !valued.includes(name!)) {
      break
    }
    at += valued.includes(name!) && value === undefined ? 2 : 1
  }
  const [command, ...rest] = args.slice(at)
  if (command === undefined || command.startsWith("-")) {
    return args
  }
  const behind = [...args.slice(0, at), ...rest]
  return [command, ...(groups.includes(command) ? withCommandFirst(behind) : behind)]
}

/** WeChat has negative errcodes: `errors -1` means `errors -- -1`. Every other command takes `-1` as the value of an option. */
const withErrcodesLast = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const isNegative = (argument: string) => /^-\d+$/.test(argument)
  return args[0] !== "errors" || args.includes("--") || !args.some(isNegative)
    ? args
    : [...args.filter((argument) => !isNegative(argument)), "--", ...args.filter(isNegative)]
}

export const read = (args: ReadonlyArray<string>, environment: ReadonlyMap<string, string>): Invocation => {
  const end = args.indexOf("--")
  const options = end < 0 ? args : args.slice(0, end)
  return {
    args: withErrcodesLast(withCommandFirst(args)),
    language: named(options) ?? ofLocale(environment),
    json: options.includes("--json"),
    verbose: options.includes("--verbose")
  }
}
