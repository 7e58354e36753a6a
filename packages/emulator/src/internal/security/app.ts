import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import type { MiniProgram, World } from "../../World.js"
import { byAppid } from "../domain/miniPrograms.js"

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ""

/** The fields with which an app asks for a token. */
export interface Claim {
  readonly grant_type?: unknown
  readonly appid?: unknown
  readonly secret?: unknown
}

/** The mini program with that appid and secret, or the errcode that refuses it. */
export const authenticate = (
  { miniPrograms }: Pick<World, "miniPrograms">,
  { appid, grant_type, secret }: Claim
): Either.Either<MiniProgram, number> => {
  if (grant_type !== "client_credential") {
    return Either.left(40002)
  }
  if (isMissing(appid)) {
    return Either.left(41002)
  }
  const miniProgram = byAppid(miniPrograms).get(String(appid))
  if (miniProgram === undefined) {
    return Either.left(40013)
  }
  if (isMissing(secret)) {
    return Either.left(41004)
  }
  if (secret !== Redacted.value(miniProgram.appSecret)) {
    return Either.left(40125)
  }
  // the emulator listens on loopback, so every client has this address
  return miniProgram.ipWhitelist?.includes("127.0.0.1") === false ? Either.left(40164) : Either.right(miniProgram)
}
