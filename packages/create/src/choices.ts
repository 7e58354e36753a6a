import { parseArgs } from "node:util"
import { type Say, type Text, WrongInput } from "./texts.js"

const runtimes = ["node", "bun", "cloud-function"] as const
const transports = ["https", "cloud"] as const
const majors = ["4", "3"] as const

/** What a project is made of. */
export interface Choices {
  readonly folder: string
  readonly runtime: (typeof runtimes)[number]
  readonly transport: (typeof transports)[number]
  readonly effect: (typeof majors)[number]
}

/** Answers a question with one of the values, or with any text if there are none. */
export type Ask = (question: Text, values: ReadonlyArray<string>, preset: string) => Promise<string>

const options = {
  runtime: { type: "string" },
  transport: { type: "string" },
  effect: { type: "string" },
  yes: { type: "boolean", default: false },
  help: { type: "boolean", default: false }
} as const

const quoted = (values: ReadonlyArray<string>) => values.join(", ")

const oneOf = <A extends string>(say: Say, option: string, values: ReadonlyArray<A>, text: string): A => {
  const value = values.find((value) => value === text)
  if (value === undefined) {
    throw new WrongInput(
      say({
        en: `--${option} cannot be "${text}". It is one of: ${quoted(values)}.`,
        zh: `--${option} 不能是“${text}”，可选值：${quoted(values)}。`
      })
    )
  }
  return value
}

export const parse = (args: ReadonlyArray<string>, say: Say) => {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (positionals.length > 1) {
      throw new Error(positionals.slice(1).join(" "))
    }
    return { ...values, folder: positionals[0] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new WrongInput(
      say({
        en: `These arguments cannot be understood: ${message}\nSee --help.`,
        zh: `无法识别参数：${message}\n用法见 --help。`
      })
    )
  }
}

/** Asks for what the arguments do not name. */
export const choose = async (given: ReturnType<typeof parse>, ask: Ask, say: Say): Promise<Choices> => {
  const pick = async <A extends string>(
    option: "runtime" | "transport" | "effect",
    question: Text,
    values: ReadonlyArray<A>
  ) => oneOf(say, option, values, given[option] ?? (await ask(question, values, values[0]!)))
  const folder = given.folder ?? (await ask({ en: "Folder", zh: "目录" }, [], "my-plugins"))
  const runtime = await pick("runtime", { en: "Where will it run?", zh: "在哪里运行？" }, runtimes)
  if (runtime === "cloud-function" && given.transport === "https") {
    throw new WrongInput(
      say({
        en: "A cloud function uses --transport cloud: it has no app secret.",
        zh: "云函数使用 --transport cloud：其中没有 app secret。"
      })
    )
  }
  const transport =
    runtime === "cloud-function"
      ? "cloud"
      : await pick("transport", { en: "How does it reach WeChat?", zh: "如何访问微信？" }, transports)
  const effect = await pick("effect", { en: "Which version of Effect?", zh: "使用哪个版本的 Effect？" }, majors)
  return { folder, runtime, transport, effect }
}
