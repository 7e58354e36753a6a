#!/usr/bin/env node
/** The command `wechat-plugin`. It prints its version and its help before it loads anything else. */
import * as Module from "node:module"
import { stripVTControlCharacters } from "node:util"
import { helpWanted } from "./grammar/helpWanted.js"
import type { Language } from "./program/language/language.js"
import * as Invocation from "./program/output/invocation.js"
import * as Streams from "./program/output/streams.js"
import { version } from "./program/output/version.js"

const args = process.argv.slice(2)
const environment = Streams.takeEnvironment()

const helpText = async (language: Language, command: string): Promise<string | undefined> => {
  const { helpTexts } = await import("./grammar/helpTexts.js")
  // "toString" is no command
  return Object.hasOwn(helpTexts[language], command) ? helpTexts[language][command] : undefined
}

const start = async () => {
  const invocation = Invocation.read(args, environment)
  const command = helpWanted(invocation.args)
  const text = command === undefined ? undefined : await helpText(invocation.language, command)
  if (text !== undefined) {
    const shown = Streams.hasColors("stdout", environment) ? text : stripVTControlCharacters(text)
    const room = Streams.columns("stdout")
    return Streams.write(
      "stdout",
      room === Infinity ? shown : (await import("./program/output/wrap.js")).wrap(shown, room)
    )
  }
  // Node 22 and later
  ;(Module as { readonly enableCompileCache?: () => void }).enableCompileCache?.()
  const { main } = await import("./main.js")
  // the parser tells which commands there are, if it is asked for the unknown one and not for its help
  main(args, environment, command === undefined ? invocation : { ...invocation, args: command.split(" ") })
}

if (args.length === 1 && ["--version", "-v"].includes(args[0]!)) {
  Streams.write("stdout", `${version}\n`)
} else {
  void start()
}
