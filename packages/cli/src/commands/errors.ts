import * as Effect from "effect/Effect"
import { CliError } from "../program/failure/errors.js"
import type { Say } from "../program/language/language.js"
import { Screen } from "../program/output/screen.js"
import { paint, type Span } from "../program/output/span.js"
import type { Errcode } from "../program/schema/answers.js"
import { known } from "./errcodes/known.js"

export interface Options {
  readonly codes: ReadonlyArray<string>
}

/** Reads `40164`, `errcode: 40164`, or a line of a log. */
const asNumber = (text: string): number | undefined => {
  const [digits] = /-?\d+/.exec(text.replace(/^.*?errcode\W*/i, "")) ?? []
  return digits === undefined ? undefined : Number(digits)
}

const explain = ({ errcode, error, hint, operations }: Errcode, say: Say): ReadonlyArray<Span> => [
  [paint("bold", String(errcode)), "  ", paint("red", error)],
  `  ${hint.zh}`,
  `  ${hint.en}`,
  ["  ", paint("dim", operations.length === 0 ? say({ zh: "任何接口", en: "any operation" }) : operations.join(", "))]
]

const unknown = (texts: ReadonlyArray<string>) =>
  new CliError({
    category: "usage",
    text: { zh: `没有收录：${texts.join(", ")}`, en: `unknown errcode: ${texts.join(", ")}` },
    hint: {
      zh: "不带参数会列出全部收录的错误码；其余见微信的“全局错误码”。",
      en: "Run it without an argument to list all known errcodes. WeChat documents others on its page 全局错误码."
    }
  })

export const run = ({ codes }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const strangers = codes.filter((text) => !known.some(({ errcode }) => errcode === asNumber(text)))
    yield* strangers.length > 0 ? unknown(strangers) : Effect.void
    const asked = codes.map(asNumber)
    const explained = known.filter(({ errcode }) => asked.length === 0 || asked.includes(errcode))
    yield* answer(explained, () => explained.flatMap((row, at) => [...(at === 0 ? [] : [""]), ...explain(row, say)]))
  })
