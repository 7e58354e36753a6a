import * as Effect from "effect/Effect"
import { CliError } from "../program/failure/errors.js"
import { sentenceOf } from "../program/failure/sentences.js"
import type { Language, Say, Text } from "../program/language/language.js"
import { Screen } from "../program/output/screen.js"
import { paint, type Span } from "../program/output/span.js"
import type { Errcode } from "../program/schema/answers.js"
import { find } from "./errcodes/find.js"
import { known } from "./errcodes/known.js"

export interface Options {
  readonly codes: ReadonlyArray<string>
}

/** What happened and what to do. */
const whole = (error: string, hint: Text, language: Language) =>
  [sentenceOf({ _tag: error })?.[language] ?? [], hint[language]].flat().join(" → ")

const explain = ({ errcode, error, hint, operations }: Errcode, say: Say): ReadonlyArray<Span> => [
  [paint("bold", String(errcode)), "  ", paint("red", error)],
  `  ${whole(error, hint, "zh")}`,
  `  ${whole(error, hint, "en")}`,
  ["  ", paint("dim", operations.length === 0 ? say({ zh: "任何接口", en: "any operation" }) : operations.join(", "))]
]

const unknown = (texts: ReadonlyArray<string>) =>
  new CliError({
    category: "usage",
    text: { zh: `没有收录：${texts.join("、")}`, en: `unknown errcode: ${texts.join(", ")}` },
    hint: {
      zh: "换一个词再试；不带参数会列出全部收录的错误码；其余见微信的“全局错误码”。",
      en: "Try another word, or run it without an argument to list all known errcodes. WeChat documents others on its page 全局错误码."
    }
  })

export const run = ({ codes }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const { found, unknown: strangers } = find(codes)
    yield* strangers.length > 0 ? unknown(strangers) : Effect.void
    const explained = codes.length === 0 ? known : found
    yield* answer(explained, () => explained.flatMap((row, at) => [...(at === 0 ? [] : [""]), ...explain(row, say)]))
  })
