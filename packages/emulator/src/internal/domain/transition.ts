import * as Either from "effect/Either"
import type { Authorization } from "../../World.js"
import type { IndexedWorld } from "./application.js"

/** The fields of a JSON body. */
export type Fields = Readonly<Record<string, unknown>>

/** The mini program that calls. `authorization` is present if a component calls on its behalf. */
export interface Caller {
  readonly appid: string
  readonly authorization?: Authorization
}

/** The world after a call, and the fields of the reply beside errcode and errmsg. */
interface Outcome {
  readonly world: IndexedWorld
  readonly fields?: Fields
}

/** Applies one operation to the world, or returns the errcode that refuses it. */
export type Transition = (
  world: IndexedWorld,
  caller: Caller,
  data: Fields,
  now: number
) => Either.Either<Outcome, number>

/** Reads a required field. */
export const requiredField = (data: Fields, name: string): Either.Either<string, number> => {
  const value = data[name]
  return typeof value === "string" && value !== "" ? Either.right(value) : Either.left(47001)
}

/** Reads a field that may be absent. An empty string counts as absent. */
export const optionalField = (data: Fields, name: string): Either.Either<string | undefined, number> =>
  data[name] === undefined || data[name] === "" ? Either.right(undefined) : requiredField(data, name)
