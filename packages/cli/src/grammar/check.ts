/** Finds what is wrong with the arguments before the parser does, whose errors name neither the option nor what is allowed. */
import * as Effect from "effect/Effect"
import { UsageError } from "../program/failure/errors.js"
import type { Language, Text } from "../program/language/language.js"
import { didYouMean, list } from "../program/language/suggest.js"
import { groups } from "../program/output/invocation.js"
import { names } from "./commands.js"
import { optionsOf } from "./help.js"

type Problem = UsageError | undefined

const wrong = (text: Text, hint: Text) => new UsageError({ text, hint })

const seeHelp = (command: string): Text => ({
  zh: `用 wechat-plugin ${command}--help 查看用法。`,
  en: `See wechat-plugin ${command}--help.`
})

const shells = ["bash", "zsh", "fish"]
/** @effect/cli has them for every command, and bash by its other name. */
const builtIns = ["--help", "-h", "--version", "--completions", "--log-level"]
const ofOutput = ["--json", "--verbose", "--lang", "--appid", "--profile", "--emulator"]

const nameOf = (argument: string) => argument.split("=")[0]!

const isOption = (argument: string) => /^--?[^-\d]/.test(argument)

const unknownOption = (option: string, known: ReadonlyArray<string>, command: string) => {
  // of a single letter, every other one would be similar
  const long = option.length > 2 ? known.filter((name) => name.startsWith("--")) : []
  return wrong(
    { zh: `没有选项 ${option}`, en: `there is no option ${option}` },
    didYouMean(option, long, seeHelp(command))
  )
}

const oneOf = (option: string, value: string | undefined, allowed: ReadonlyArray<string>): Problem => {
  const { en, zh } = list(allowed)
  const hint = { zh: `可用的值：${zh}。`, en: `It is ${en}.` }
  return value === undefined
    ? wrong({ zh: `${option} 缺少值`, en: `${option} needs a value` }, hint)
    : allowed.includes(value)
      ? undefined
      : wrong({ zh: `${option} 不能是 ${value}`, en: `${option} cannot be ${value}` }, hint)
}

/** Without a command. */
const checkRoot = ([first = "", second]: ReadonlyArray<string>): Problem => {
  const [option, value] = [nameOf(first), first.includes("=") ? first.slice(first.indexOf("=") + 1) : second]
  if (option === "--completions") {
    return value === "sh" ? undefined : oneOf(option, value, shells)
  }
  if (ofOutput.includes(option)) {
    return wrong({ zh: `${option} 之外还需要一个命令`, en: `${option} needs a command` }, seeHelp(""))
  }
  return builtIns.includes(option) ? undefined : unknownOption(option, builtIns, "")
}

const checkValue = (option: string, type: string, value: string | undefined, isMissing: boolean): Problem => {
  if (/^[\w-]+(?:\|[\w-]+)+$/.test(type) && !/\d/.test(type)) {
    return oneOf(option, isMissing ? undefined : value, type.split("|"))
  }
  if (isMissing) {
    return wrong(
      { zh: `${option} 缺少值`, en: `${option} needs a value` },
      { zh: `写成 ${option} <${type}>。`, en: `Write it as ${option} <${type}>.` }
    )
  }
  return type === "integer" && !/^-?\d+$/.test(value!)
    ? wrong(
        { zh: `${option} 不能是 ${value}`, en: `${option} cannot be ${value}` },
        { zh: "它是一个整数。", en: "It is a whole number." }
      )
    : undefined
}

const checkOptions = (command: string, args: ReadonlyArray<string>, language: Language): Problem => {
  const options = new Map(optionsOf(language, command))
  const known = [...options.keys(), ...builtIns]
  for (let at = 0; at < args.length && args[at] !== "--"; at++) {
    const argument = args[at]!
    const option = nameOf(argument)
    const type = options.get(option)
    if (type !== undefined && type !== "") {
      const hasOwn = argument.includes("=")
      const value = hasOwn ? argument.slice(option.length + 1) : args[++at]
      const isMissing = value === undefined || (!hasOwn && known.includes(nameOf(value)))
      const problem = checkValue(option, type, value, isMissing)
      if (problem !== undefined) {
        return problem
      }
    } else if (isOption(argument) && !known.includes(option)) {
      return unknownOption(option, known, `${command} `)
    }
  }
  return undefined
}

const check = (args: ReadonlyArray<string>, language: Language): Problem => {
  const [first = "", second = ""] = args
  if (first === "" || first.startsWith("-")) {
    return args.length === 0 ? undefined : checkRoot(args)
  }
  const commands = names((text) => text[language])
  if (!commands.includes(first)) {
    const roots = commands.filter((name) => !name.includes(" "))
    const all = list(roots)
    return wrong(
      { zh: `没有命令 ${first}`, en: `there is no command ${first}` },
      didYouMean(first, roots, {
        zh: `可用的命令：${all.zh}。`,
        en: `The commands are ${all.en.replace(" or ", " and ")}.`
      })
    )
  }
  if (!groups.includes(first)) {
    return checkOptions(first, args.slice(1), language)
  }
  const own = commands.flatMap((name) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []))
  const all = list(own)
  return own.includes(second)
    ? checkOptions(`${first} ${second}`, args.slice(2), language)
    : wrong(
        { zh: `${first} 没有命令 ${second}`, en: `${first} has no command ${second}` },
        didYouMean(second, own, {
          zh: `可用的命令：${all.zh}。`,
          en: `Its commands are ${all.en.replace(" or ", " and ")}.`
        })
      )
}

/** Fails with what is wrong with the arguments, if anything. */
export const refuseWrong = (args: ReadonlyArray<string>, language: Language): Effect.Effect<void, UsageError> =>
  check(args, language) ?? Effect.void
