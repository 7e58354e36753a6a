import * as Either from "effect/Either"
import type { Authorization, World } from "../../World.js"
import type { JsonObject } from "../http/json.js"

/** Who calls: a mini program, itself or by a platform that it authorized. */
export interface Caller {
  readonly appid: string
  readonly authorization?: Authorization
}

/** The world after a call, and what its reply has besides errcode and errmsg. */
interface Outcome {
  readonly world: World
  readonly fields?: JsonObject
}

/** What a call does to the world, or the errcode that it is refused with. */
export type Transition = (world: World, caller: Caller, data: JsonObject, now: number) => Either.Either<Outcome, number>

/** A field that must be there. */
export const required = (data: JsonObject, name: string): Either.Either<string, number> => {
  const value = data[name]
  return typeof value === "string" && value !== "" ? Either.right(value) : Either.left(47001)
}

/** A field that may stay away; an empty one is as good as none. */
export const optional = (data: JsonObject, name: string): Either.Either<string | undefined, number> =>
  data[name] === undefined || data[name] === "" ? Either.right(undefined) : required(data, name)
