/** Which help the arguments ask for. It needs no definition of a command, so that help is shown at once. */
import { hasSecret } from "./secretOptions.js"

const asksForHelp = (args: ReadonlyArray<string>) => {
  const end = args.indexOf("--")
  const options = end < 0 ? args : args.slice(0, end)
  return args.length === 0 || options.includes("--help") || options.includes("-h")
}

/** The name of a command, "" for the help of all of them, and undefined if the arguments ask for no help. */
export const helpWanted = (args: ReadonlyArray<string>): string | undefined => {
  const isCommand = args[0] === "help"
  if (hasSecret(args) || (!isCommand && !asksForHelp(args))) {
    return undefined
  }
  const command = args[isCommand ? 1 : 0]
  return command === undefined || command.startsWith("-") ? "" : command
}
