import * as Effect from "effect/Effect"
import type { MiniProgram, World } from "../World.js"

/** One that is not there is a mistake of the test, and no error to handle. */
export const findMiniProgram =
  (world: Effect.Effect<World>) =>
  (appid: string): Effect.Effect<MiniProgram> =>
    Effect.flatMap(world, ({ miniPrograms }) => {
      const found = miniPrograms.find((miniProgram) => miniProgram.appid === appid)
      return found === undefined ? Effect.dieMessage(`there is no mini program ${appid}`) : Effect.succeed(found)
    })
