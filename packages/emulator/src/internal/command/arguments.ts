import { parseArgs } from "node:util"
import * as Data from "effect/Data"
import * as Either from "effect/Either"
import { nearest } from "./nearest.js"

/** The arguments are wrong. */
export class UsageError extends Data.TaggedError("UsageError")<{ readonly message: string }> {}

const options = {
  port: { type: "string", value: "<number>" },
  host: { type: "string", value: "<address>" },
  world: { type: "string", value: "<file>" },
  tls: { type: "boolean", value: undefined },
  version: { type: "boolean", value: undefined },
  help: { type: "boolean", value: undefined }
} as const

type Name = keyof typeof options

export const usage = `effect-wechat-emulator: an emulator of WeChat on this machine, for development and tests

  --port <number>   the port to listen on (default: 8788; 0 chooses a free one)
  --world <file>    the mini programs, plugins and applications at the start, as JSON (default: a sample)
  --tls             HTTPS, with a certificate that is made now; the start says in which file it is
  --host <address>  the address to listen on (default: 127.0.0.1, which only this machine reaches)
  --version         print the version
  --help            show this text

  run <command> [arguments]
    runs the command with WECHAT_APPID, WECHAT_SECRET, WECHAT_BASE_URL, CLOUD_ENV, CLOUD_SERVICE_URL, TENCENTCLOUD_SECRETID and
    TENCENTCLOUD_SECRETKEY of an emulator that lives as long as the command, and ends with its exit code; the port is a free one then`

/** The arguments of the command. */
export interface Arguments {
  readonly port: number
  readonly host: string
  readonly world: string | undefined
  readonly tls: boolean
  readonly version: boolean
  readonly help: boolean
  /** what `run` runs */
  readonly command: readonly [program: string, ...args: Array<string>] | undefined
}

const isName = (name: string): name is Name => Object.hasOwn(options, name)

const unknown = (name: string): string => {
  const near = nearest(name, Object.keys(options))
  return `There is no option ${name.length === 1 ? "-" : "--"}${name}.${near === undefined ? "" : ` Did you mean --${near}?`}`
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535

/** What is wrong with one argument; `undefined` if nothing is. */
const mistakeOf = (token: NonNullable<ReturnType<typeof parse>["tokens"]>[number]): string | undefined => {
  if (token.kind === "option-terminator") {
    return undefined
  }
  if (token.kind === "positional") {
    return `The command takes options, and "run" with a command after it, and not "${token.value}".`
  }
  const { inlineValue, name, value } = token
  if (!isName(name)) {
    return unknown(name)
  }
  const { type, value: placeholder } = options[name]
  if (type === "boolean") {
    return value === undefined ? undefined : `--${name} takes no value.`
  }
  if (value === undefined || value === "" || (inlineValue === false && value.startsWith("--"))) {
    return `--${name} lacks its value: --${name} ${placeholder}`
  }
  return name === "port" && !isPort(value) ? `--port must be a number from 0 to 65535, and not "${value}".` : undefined
}

const parse = (args: ReadonlyArray<string>) => parseArgs({ args: [...args], options, strict: false, tokens: true })

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** Reads the arguments. The error names the first wrong one. */
export const read = (args: ReadonlyArray<string>): Either.Either<Arguments, UsageError> => {
  // the options after it are those of the command
  const at = args.indexOf("run")
  const [program, ...rest] = at < 0 ? [] : args.slice(at + 1)
  const { tokens, values } = parse(at < 0 ? args : args.slice(0, at))
  const [mistake] = [
    ...tokens.flatMap((token) => mistakeOf(token) ?? []),
    ...(at >= 0 && program === undefined ? ["run lacks its command: run <command> [arguments]"] : [])
  ]
  return mistake === undefined
    ? Either.right({
        port: Number(values["port"] ?? (program === undefined ? 8788 : 0)),
        host: text(values["host"]) ?? "127.0.0.1",
        world: text(values["world"]),
        tls: values["tls"] === true,
        version: values["version"] === true,
        help: values["help"] === true,
        command: program === undefined ? undefined : [program, ...rest]
      })
    : Either.left(new UsageError({ message: `${mistake}\nRun effect-wechat-emulator --help to see the options.` }))
}
