import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { MiniProgram, World } from "../../World.js"
import type { Caller } from "./transition.js"

/** Finds the first item with a key. The index of a list is made when it is first asked, and kept with the list. */
const indexedBy = <A>(keyOf: (item: A) => string | undefined) => {
  const indexes = new WeakMap<ReadonlyArray<A>, ReadonlyMap<string | undefined, A>>()
  return <B extends A>(items: ReadonlyArray<B>): ReadonlyMap<string | undefined, B> => {
    const known = indexes.get(items) as ReadonlyMap<string | undefined, B> | undefined
    if (known !== undefined) {
      return known
    }
    const index = new Map<string | undefined, B>()
    for (const item of items) {
      const key = keyOf(item)
      if (!index.has(key)) {
        index.set(key, item)
      }
    }
    indexes.set(items, index)
    return index
  }
}

/** Mini programs, plugins, components or authorizations by their appids. */
export const byAppid = indexedBy(({ appid }: { readonly appid: string }) => appid)

const byEnv = indexedBy(({ env }: MiniProgram) => env)

/** The mini program with that appid. An unknown appid is a mistake in the test, and therefore a defect. */
export const find =
  (world: Effect.Effect<Pick<World, "miniPrograms">>) =>
  (appid: string): Effect.Effect<MiniProgram> =>
    Effect.flatMap(world, ({ miniPrograms }) => {
      const found = byAppid(miniPrograms).get(appid)
      return found === undefined ? Effect.dieMessage(`there is no mini program ${appid}`) : Effect.succeed(found)
    })

/** The mini program that owns a cloud environment. The first one owns every environment that is not assigned. */
export const ownerOf = ({ miniPrograms }: Pick<World, "miniPrograms">, env: string): MiniProgram =>
  byEnv(miniPrograms).get(env) ?? miniPrograms[0]

/** Resolves the caller of a request without a token: the owner itself, or a mini program that the owner shares with. */
export const actingFor = (
  world: Pick<World, "miniPrograms">,
  owner: MiniProgram,
  appid: string | undefined
): Either.Either<Caller, number> => {
  if (appid === undefined || appid === owner.appid) {
    return Either.right({ appid: owner.appid })
  }
  if (!byAppid(world.miniPrograms).has(appid)) {
    return Either.left(40013)
  }
  return owner.sharesWith.includes(appid) ? Either.right({ appid }) : Either.left(48001)
}
