import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import type { MiniProgram, World } from "../../World.js"

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ""

/** What a request for a token says about who asks. */
export interface Claim {
  readonly grant_type?: unknown
  readonly appid?: unknown
  readonly secret?: unknown
}

/** The mini program that may have a token, or the errcode that it is refused with. */
export const authenticate = (
  world: World,
  { appid, grant_type, secret }: Claim
): Either.Either<MiniProgram, number> => {
  if (grant_type !== "client_credential") {
    return Either.left(40002)
  }
  if (isMissing(appid)) {
    return Either.left(41002)
  }
  const miniProgram = world.miniPrograms.find((miniProgram) => miniProgram.appid === appid)
  if (miniProgram === undefined) {
    return Either.left(40013)
  }
  if (isMissing(secret)) {
    return Either.left(41004)
  }
  if (secret !== Redacted.value(miniProgram.appSecret)) {
    return Either.left(40125)
  }
  // who reaches the emulator comes from here
  return miniProgram.ipWhitelist?.includes("127.0.0.1") === false ? Either.left(40164) : Either.right(miniProgram)
}
