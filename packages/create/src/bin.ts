#!/usr/bin/env node
import { createInterface } from "node:readline/promises"
import { type Ask, choose, parse } from "./choices.js"
import { next } from "./next.js"
import { writeProject } from "./project.js"
import { sayIn, WrongInput } from "./texts.js"

const say = sayIn(process.env)

const usage = {
  en: `npm create @effect-wechat@latest -- [folder] [options]

  --runtime node | bun | cloud-function
  --transport https | cloud
  --effect 4 | 3
  --yes          asks nothing, and takes the first value of what is not named
  --help         shows this text`,
  zh: `npm create @effect-wechat@latest -- [目录] [选项]

  --runtime node | bun | cloud-function
  --transport https | cloud
  --effect 4 | 3
  --yes          不询问，未指定的选项取第一个值
  --help         显示本帮助`
}

/** Asks in a terminal. Elsewhere, and with `--yes`, it takes the preset. */
const askWith = (silent: boolean): Ask => {
  if (silent || !process.stdin.isTTY) {
    return async (_, __, preset) => preset
  }
  return async (question, values, preset) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout })
    const choices = values.length === 0 ? "" : ` [${values.join(" / ")}]`
    try {
      return (await terminal.question(`${say(question)}${choices} (${preset}) `)).trim() || preset
    } finally {
      terminal.close()
    }
  }
}

const main = async () => {
  const given = parse(process.argv.slice(2), say)
  if (given.help) {
    return say(usage)
  }
  const choices = await choose(given, askWith(given.yes), say)
  writeProject(choices, say)
  return next(choices, say)
}

main().then(console.log, (error: unknown) => {
  // Ctrl-C at a question
  if (error instanceof Error && error.name === "AbortError") {
    process.exitCode = 130
    return
  }
  process.exitCode = error instanceof WrongInput ? 2 : 1
  console.error(error instanceof WrongInput ? error.message : error)
})
