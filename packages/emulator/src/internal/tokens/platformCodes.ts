import { createHash } from "node:crypto"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"

/** A code of a component: `preauthcode` before a mini program authorizes it, `queryauthcode` for the authorization of `appid`. */
export interface Grant {
  readonly kind: "preauthcode" | "queryauthcode"
  readonly component: string
  readonly appid?: string
}

interface Issued extends Grant {
  readonly expiresAt: number
}

export type Codes = HashMap.HashMap<string, Issued>

export const none: Codes = HashMap.empty()

/** In seconds, as WeChat says it. */
export const lifetimes = { preauthcode: 1800, queryauthcode: 3600 } as const

/** Issues a code. Deterministic: the n-th code is the same in each run. */
export const issue = (codes: Codes, grant: Grant, now: number): readonly [code: string, codes: Codes] => {
  const digest = createHash("sha256")
    .update(JSON.stringify([grant, HashMap.size(codes)]))
    .digest("base64url")
  const code = `${grant.kind}@@@${digest}`
  return [code, HashMap.set(codes, code, { ...grant, expiresAt: now + lifetimes[grant.kind] * 1000 })]
}

/** Uses a code up. Its grant, or the errcode that refuses it. */
export const use = (
  codes: Codes,
  code: string,
  { component, kind }: Grant,
  now: number
): readonly [Grant | number, Codes] => {
  const issued = Option.getOrUndefined(HashMap.get(codes, code))
  if (issued === undefined || issued.component !== component || issued.kind !== kind) {
    return [61009, codes]
  }
  return issued.expiresAt <= now ? [61010, codes] : [issued, HashMap.set(codes, code, { ...issued, expiresAt: now })]
}
