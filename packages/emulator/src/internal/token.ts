import { createHash } from "node:crypto"

export type DeathCode = 40001 | 40014 | 42001

export interface Token {
  readonly value: string
  readonly expiresAt: number
  /** The errcode that WeChat refuses it with, once it died before its time. */
  readonly dead?: DeathCode
}

export interface Tokens {
  readonly appId: string
  readonly lifetime: number
  readonly minted: number
  readonly issued: ReadonlyArray<Token>
  /** The one that normal mode hands to everybody, which is not always one that WeChat still accepts. */
  readonly current: Token | undefined
  readonly forcedAt: ReadonlyArray<number>
}

export const empty = (appId: string, lifetime: number): Tokens => ({
  appId,
  lifetime,
  minted: 0,
  issued: [],
  current: undefined,
  forcedAt: []
})

const minute = 60_000
const forcePause = 30_000
const forcesPerDay = 20
const day = 24 * 60 * minute
const beijing = 8 * 60 * minute

/** As long as WeChat's, and the same in each run: the n-th token of an appid is always the same one. */
const tokenValue = (appId: string, n: number): string => {
  const digest = (part: number) => createHash("sha512").update(`${appId} ${n} ${part}`).digest("base64url")
  return `${80 + (n % 20)}_${digest(1)}${digest(2)}`.slice(0, 157)
}

const mint = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  const token = { value: tokenValue(tokens.appId, tokens.minted + 1), expiresAt: now + tokens.lifetime }
  return [token, { ...tokens, minted: tokens.minted + 1, issued: [...tokens.issued, token] }]
}

const renew = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  const [token, next] = mint(tokens, now)
  return [token, { ...next, current: token }]
}

/** Five minutes, but a lifetime made short for a test is not all last minutes. */
const renewalWindow = (lifetime: number): number => Math.min(5 * minute, lifetime / 2)

/** Everybody gets the same token, until its last minutes. */
export const normal = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  tokens.current !== undefined && tokens.current.expiresAt - now > renewalWindow(tokens.lifetime)
    ? [tokens.current, tokens]
    : renew(tokens, now)

const sameDay = (one: number, other: number): boolean =>
  Math.floor((one + beijing) / day) === Math.floor((other + beijing) / day)

/** A new token at once and the death of all before it; `undefined` when the day's number is used up. */
export const forced = (tokens: Tokens, now: number): readonly [Token | undefined, Tokens] => {
  const last = tokens.forcedAt.at(-1)
  // "连续使用该模式时,请保证调用时间隔至少为30s,否则不会刷新": no error, and no new token either
  if (last !== undefined && now - last < forcePause) {
    return normal(tokens, now)
  }
  const today = tokens.forcedAt.filter((at) => sameDay(at, now))
  if (today.length >= forcesPerDay) {
    return [undefined, tokens]
  }
  return renew({ ...kill(tokens, 40001), forcedAt: [...today, now] }, now)
}

const kill = (tokens: Tokens, errcode: DeathCode): Tokens => ({
  ...tokens,
  issued: tokens.issued.map((token) => ({ ...token, dead: token.dead ?? errcode }))
})

/** Every token so far dies before its time; with `stale` normal mode does not notice. */
export const expire = (tokens: Tokens, errcode: DeathCode, stale: boolean): Tokens => {
  const killed = kill(tokens, errcode)
  return stale ? killed : { ...killed, current: undefined }
}

/** A token that is accepted now; it leaves a stale one of normal mode in its place. */
export const valid = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  if (tokens.current === undefined) {
    return renew(tokens, now)
  }
  const good = tokens.issued.filter((token) => token.dead === undefined && token.expiresAt > now).at(-1)
  return good === undefined ? mint(tokens, now) : [good, tokens]
}

/** The errcode of the refusal; `undefined` when the token is accepted. */
export const refused = (tokens: Tokens, value: string, now: number): DeathCode | undefined => {
  const token = tokens.issued.find((token) => token.value === value)
  if (token === undefined) {
    return 40001
  }
  return token.dead ?? (token.expiresAt <= now ? 42001 : undefined)
}
