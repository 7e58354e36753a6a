import * as Either from "effect/Either"
import { constant } from "effect/Function"

/** a JSON string literal, also one with raw control characters in it */
const stringLiteral = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g

// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f]/g

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`

const parse = (text: string): Either.Either<unknown, "not JSON"> =>
  Either.try({ try: () => JSON.parse(text) as unknown, catch: constant("not JSON") })

/**
 * Parses WeChat's JSON. WeChat sends a nickname's control characters unescaped, which JSON forbids: they are escaped
 * and all else, `\/` included, is left as it came.
 */
export const parseJson = (text: string): Either.Either<unknown, "not JSON"> =>
  Either.orElse(parse(text), () =>
    parse(text.replace(stringLiteral, (literal) => literal.replace(controlCharacter, escape)))
  )
