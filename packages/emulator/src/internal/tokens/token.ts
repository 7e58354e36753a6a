import { createHash } from "node:crypto"

export type DeathCode = 40001 | 40014 | 42001

/** `stable` and `plain` tokens live side by side and do not know of each other. */
export type Kind = "stable" | "plain" | "authorizer" | "component"

export interface Token {
  readonly kind: Kind
  readonly value: string
  readonly expiresAt: number
  /** The platform that calls with it. */
  readonly platform?: string
  /** From when on WeChat refuses it, and with what, once it dies before its time. */
  readonly death?: { readonly errcode: DeathCode; readonly from: number }
}

/** The tokens of one account. */
export interface Tokens {
  readonly appid: string
  readonly lifetime: number
  readonly minted: number
  readonly issued: ReadonlyArray<Token>
  /** The one that normal mode hands to everybody, which is not always one that WeChat still accepts. */
  readonly current: Token | undefined
  readonly forcedAt: number | undefined
}

export const empty = (appid: string, lifetime: number): Tokens => ({
  appid,
  lifetime,
  minted: 0,
  issued: [],
  current: undefined,
  forcedAt: undefined
})

const minute = 60_000
const forcePause = 30_000
const overlap = 5 * minute

/** As long as WeChat's, and the same in each run: the n-th token of an appid is always the same one. */
const tokenValue = (appid: string, n: number): string => {
  const digest = (part: number) => createHash("sha512").update(`${appid} ${n} ${part}`).digest("base64url")
  return `${80 + (n % 20)}_${digest(1)}${digest(2)}`.slice(0, 157)
}

/** A new token beside all others. */
export const mint = (tokens: Tokens, kind: Kind, now: number, platform?: string): readonly [Token, Tokens] => {
  const token: Token = {
    kind,
    value: tokenValue(tokens.appid, tokens.minted + 1),
    expiresAt: now + tokens.lifetime,
    ...(platform === undefined ? {} : { platform })
  }
  return [token, { ...tokens, minted: tokens.minted + 1, issued: [...tokens.issued, token] }]
}

const renew = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  const [token, next] = mint(tokens, "stable", now)
  return [token, { ...next, current: token }]
}

/** Five minutes, but a lifetime made short for a test is not all last minutes. */
const renewalWindow = (lifetime: number): number => Math.min(5 * minute, lifetime / 2)

/** Everybody gets the same stable token, until its last minutes. */
export const normal = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  tokens.current !== undefined && tokens.current.expiresAt - now > renewalWindow(tokens.lifetime)
    ? [tokens.current, tokens]
    : renew(tokens, now)

/** "连续使用该模式时，请保证调用时间隔至少为30s，否则不会刷新": no error, and no new token either. */
export const isForcedTooSoon = ({ forcedAt }: Tokens, now: number): boolean =>
  forcedAt !== undefined && now - forcedAt < forcePause

/** A new stable token at once, and the death of all before it. */
export const forced = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  renew({ ...kill(tokens, { errcode: 40001, from: now }, ["stable"]), forcedAt: now }, now)

/** A new plain token; those before it live on for five minutes. */
export const plain = (tokens: Tokens, now: number): readonly [Token, Tokens] =>
  mint(kill(tokens, { errcode: 40001, from: now + overlap }, ["plain"]), "plain", now)

const kill = (tokens: Tokens, death: NonNullable<Token["death"]>, kinds: ReadonlyArray<Kind>): Tokens => ({
  ...tokens,
  issued: tokens.issued.map((token) =>
    kinds.includes(token.kind) && !(token.death !== undefined && token.death.from <= death.from)
      ? { ...token, death }
      : token
  )
})

/** Every token so far dies before its time; with `stale` normal mode does not notice. */
export const expire = (tokens: Tokens, errcode: DeathCode, stale: boolean, now: number): Tokens => {
  const killed = kill(tokens, { errcode, from: now }, ["stable", "plain", "authorizer", "component"])
  return stale ? killed : { ...killed, current: undefined }
}

/** A stable token that is accepted now; it leaves a stale one of normal mode in its place. */
export const valid = (tokens: Tokens, now: number): readonly [Token, Tokens] => {
  if (tokens.current === undefined) {
    return renew(tokens, now)
  }
  const isGood = (token: Token) => token.kind === "stable" && refusal(token, now) === undefined
  const good = tokens.issued.filter(isGood).at(-1)
  return good === undefined ? mint(tokens, "stable", now) : [good, tokens]
}

/** The errcode that a token is refused with; `undefined` when it is accepted. */
export const refusal = ({ death, expiresAt }: Token, now: number): DeathCode | undefined =>
  death !== undefined && death.from <= now ? death.errcode : expiresAt <= now ? 42001 : undefined
