import { createHash } from "node:crypto"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"

/** A user of a plugin, in the mini program with that appid. */
export interface Login {
  readonly appid: string
  readonly plugin: string
  readonly user: string
}

interface Issued extends Login {
  readonly expiresAt: number
}

/** All codes that `wx.pluginLogin` returned. */
export type Codes = HashMap.HashMap<string, Issued>

export const none: Codes = HashMap.empty()

const lifetime = 5 * 60_000

const digest = (...parts: ReadonlyArray<unknown>) => createHash("sha256").update(JSON.stringify(parts))

/** Issues a code, as long as WeChat's. Deterministic: the n-th code of a user is the same in each run. */
export const issue = (codes: Codes, login: Login, now: number): readonly [code: string, codes: Codes] => {
  const { appid, plugin, user } = login
  const code = digest(appid, plugin, user, HashMap.size(codes)).digest("hex")
  return [code, HashMap.set(codes, code, { ...login, expiresAt: now + lifetime })]
}

/** Whom a code was issued to, if it is still valid. */
export const find = (codes: Codes, code: string, now: number): Login | undefined =>
  Option.getOrUndefined(Option.filter(HashMap.get(codes, code), ({ expiresAt }) => now < expiresAt))

/** Ends a code, which is valid once. */
export const end = (codes: Codes, code: string, now: number): Codes =>
  HashMap.modify(codes, code, (issued) => ({ ...issued, expiresAt: now }))

/** As long as WeChat's. The same as long as user, mini program and plugin are the same. */
export const openpid = ({ appid, plugin, user }: Login): string =>
  `G${digest(appid, plugin, user).digest("base64url").slice(0, 27)}`
