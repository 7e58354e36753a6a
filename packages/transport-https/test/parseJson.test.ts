import { assert, describe, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { parseJson } from "../src/internal/http/parseJson.js"

describe("parseJson", () => {
  it("is JSON.parse for whatever JSON.parse reads", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.json(), (text) => {
        assert.deepStrictEqual(parseJson(text), Either.right(JSON.parse(text)))
      })
    )
  })

  it("recovers any string with its control characters left raw", () => {
    const raw = FastCheck.string({
      unit: FastCheck.oneof(
        FastCheck.constantFrom("\u0000", "\n", "\t", "\u001f", '"', "\\", "/", "昵"),
        FastCheck.string({ minLength: 1, maxLength: 1 })
      )
    })
    FastCheck.assert(
      FastCheck.property(FastCheck.array(raw), (texts) => {
        const sent = JSON.stringify({ texts }, null, 1).replace(
          /\\u00[01][0-9a-f]|\\[btnfr]/g,
          (escaped, at: number, all: string) => {
            // a backslash that is itself escaped begins no escape
            const backslashes = /\\*$/.exec(all.slice(0, at))![0].length
            return backslashes % 2 === 0 ? (JSON.parse(`"${escaped}"`) as string) : escaped
          }
        )
        assert.deepStrictEqual(parseJson(sent), Either.right({ texts }))
      }),
      { numRuns: 500 }
    )
  })

  it("refuses more control characters than any nickname has, so that no reply keeps the event loop busy", () => {
    const within = `{"a":"${"\u0001".repeat(9_000)}"}`
    assert.isTrue(Either.isRight(parseJson(within)))
    const beyond = `{"a":"${"\u0001".repeat(3 * 1024 * 1024)}"}`
    assert.isTrue(Either.isLeft(parseJson(beyond)))
  })

  it("refuses what is no JSON", () => {
    for (const text of ["", "<html>", "{", '{"a":"\n}', "undefined"]) {
      assert.isTrue(Either.isLeft(parseJson(text)), text)
    }
  })
})
