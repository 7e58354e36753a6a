import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { MiniProgram, World } from "../../World.js"
import type { Caller } from "./transition.js"

/** The mini program with that appid. An unknown appid is a mistake in the test, and therefore a defect. */
export const find =
  (world: Effect.Effect<World>) =>
  (appid: string): Effect.Effect<MiniProgram> =>
    Effect.flatMap(world, ({ miniPrograms }) => {
      const found = miniPrograms.find((miniProgram) => miniProgram.appid === appid)
      return found === undefined ? Effect.dieMessage(`there is no mini program ${appid}`) : Effect.succeed(found)
    })

/** The mini program that owns a cloud environment. The first one owns every environment that is not assigned. */
export const ownerOf = ({ miniPrograms }: World, env: string): MiniProgram =>
  miniPrograms.find((miniProgram) => miniProgram.env === env) ?? miniPrograms[0]

/** Resolves the caller of a request without a token: the owner itself, or a mini program that the owner shares with. */
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
