import * as Either from "effect/Either"
import type { MiniProgram, World } from "../../World.js"
import type { Caller } from "./transition.js"

/** The mini program that a cloud environment belongs to. */
export const ownerOf = ({ miniPrograms }: World, env: string): MiniProgram =>
  miniPrograms.find((miniProgram) => miniProgram.env === env) ?? miniPrograms[0]

/** A cloud function acts for its own mini program, or for one that shares the environment. */
export const actingFor = (
  world: World,
  owner: MiniProgram,
  appid: string | undefined
): Either.Either<Caller, number> => {
  if (appid === undefined || appid === owner.appid) {
    return Either.right({ appid: owner.appid })
  }
  if (!world.miniPrograms.some((miniProgram) => miniProgram.appid === appid)) {
    return Either.left(40013)
  }
  return owner.sharesWith.includes(appid) ? Either.right({ appid }) : Either.left(48001)
}
