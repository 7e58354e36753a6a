/** Which help the arguments ask for. It needs no definition of a command, so that help is shown at once. */
import { groups } from "../program/output/invocation.js"
import { hasSecret } from "./secretOptions.js"

const asksForHelp = (args: ReadonlyArray<string>) => {
  const end = args.indexOf("--")
  const options = end < 0 ? args : args.slice(0, end)
  return args.length === 0 || options.includes("--help") || options.includes("-h")
}

const isWord = (argument: string | undefined): argument is string => argument !== undefined && !argument.startsWith("-")

/** The command that the arguments name: one word, or two for a command of a group; "" if they name none. */
const commandOf = ([first, second]: ReadonlyArray<string>) =>
  !isWord(first) ? "" : groups.includes(first) && isWord(second) ? `${first} ${second}` : first

/**
 * The name of a command, "" for the help of all of them, and undefined if the arguments ask for no help. A group alone asks for its help.
 */
export const helpWanted = (args: ReadonlyArray<string>): string | undefined => {
  const isCommand = args[0] === "help"
  const command = commandOf(isCommand ? args.slice(1) : args)
  return !hasSecret(args) && (isCommand || asksForHelp(args) || (groups.includes(command) && args.length === 1))
    ? command
    : undefined
}
