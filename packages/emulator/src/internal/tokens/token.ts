import { createHash } from "node:crypto"

export type EndCode = 40001 | 40014 | 42001

/** `stable` and `plain` tokens are independent: renewing one kind does not end tokens of the other. */
export type Kind = "stable" | "plain" | "authorizer" | "component"

export interface Token {
  readonly kind: Kind
  readonly value: string
  readonly expiresAt: number
  /** The component (third-party platform) that an authorizer token was issued to. */
  readonly component?: string
  /** The errcode that refuses the token and the time from which it does, for a token that ends before `expiresAt`. */
  readonly end?: { readonly errcode: EndCode; readonly from: number }
}

/** The tokens of one account. */
export interface Tokens {
  readonly appid: string
  readonly lifetime: number
  readonly issued: ReadonlyArray<Token>
  /** The stable token that normal mode returns. After `expire` with `stale` it is a token that is no longer accepted. */
  readonly current: Token | undefined
  readonly forcedAt: number | undefined
}

export const empty = (appid: string, lifetime: number): Tokens => ({
  appid,
  lifetime,
  issued: [],
  current: undefined,
  forcedAt: undefined
})

const minute = 60_000
const forcePause = 30_000
const overlap = 5 * minute

/** As long as WeChat's tokens. Deterministic: the n-th token of an appid is the same in each run. */
const tokenValue = (appid: string, n: number): string => {
  const digest = (part: number) => createHash("sha512").update(`${appid} ${n} ${part}`).digest("base64url")
  return `${80 + (n % 20)}_${digest(1)}${digest(2)}`.slice(0, 157)
}

/** Issues a token without ending any other. */
export const issue = (tokens: Tokens, kind: Kind, now: number, component?: string): readonly [Token, Tokens] => {
  const token: Token = {
    kind,
    value: tokenValue(tokens.appid, tokens.issued.length + 1),
    expiresAt: now + tokens.lifetime,
    ...(component === undefined ? {} : { component })
  }
  return [token, { ...tokens, issued: [...tokens.issued, token] }]
}

const renew = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  const [token, next] = issue(tokens, "stable", now)
  return [token, { ...next, current: token }]
}

/** WeChat renews in the last five minutes. The half keeps a short `tokenLifetime` from being renewed on every request. */
const renewalWindow = (lifetime: number): number => Math.min(5 * minute, lifetime / 2)

/** Normal mode: the current stable token, or a new one during the renewal window. */
export const normal = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  tokens.current !== undefined && tokens.current.expiresAt - now > renewalWindow(tokens.lifetime)
    ? [tokens.current, tokens]
    : renew(tokens, now)

/** WeChat: "连续使用该模式时，请保证调用时间隔至少为30s，否则不会刷新". Such a request gets the current token and no error. */
export const isForcedTooSoon = ({ forcedAt }: Tokens, now: number): boolean =>
  forcedAt !== undefined && now - forcedAt < forcePause

/** Issues a stable token and ends all earlier stable tokens at once. */
export const forced = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  renew({ ...endAll(tokens, { errcode: 40001, from: now }, ["stable"]), forcedAt: now }, now)

/** Issues a plain token. Earlier plain tokens end five minutes later. */
export const plain = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  issue(endAll(tokens, { errcode: 40001, from: now + overlap }, ["plain"]), "plain", now)

const endAll = (tokens: Tokens, end: NonNullable<Token["end"]>, kinds: ReadonlyArray<Kind>): Tokens => ({
  ...tokens,
  issued: tokens.issued.map((token) =>
    kinds.includes(token.kind) && !(token.end !== undefined && token.end.from <= end.from) ? { ...token, end } : token
  )
})

/** Ends every token issued so far. With `stale`, normal mode goes on returning the token that was current. */
export const expire = (tokens: Tokens, errcode: EndCode, stale: boolean, now: number): Tokens => {
  const ended = endAll(tokens, { errcode, from: now }, ["stable", "plain", "authorizer", "component"])
  return stale ? ended : { ...ended, current: undefined }
}

/** A stable token that is accepted now. It does not replace a stale current token. */
export const valid = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  if (tokens.current === undefined) {
    return renew(tokens, now)
  }
  const isGood = (token: Token) => token.kind === "stable" && refusal(token, now) === undefined
  const good = tokens.issued.filter(isGood).at(-1)
  return good === undefined ? issue(tokens, "stable", now) : [good, tokens]
}

/** The errcode that refuses the token, or `undefined` if it is accepted. */
export const refusal = ({ end, expiresAt }: Token, now: number): EndCode | undefined =>
  end !== undefined && end.from <= now ? end.errcode : expiresAt <= now ? 42001 : undefined

/** The `expires_in` of a reply. */
export const secondsLeft = ({ expiresAt }: Token, now: number): number => Math.floor((expiresAt - now) / 1000)
