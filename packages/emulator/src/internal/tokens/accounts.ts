import type * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Token from "./token.js"

/** An account is a mini program or a component. */
export interface Accounts {
  /** the tokens of each account, by its appid */
  readonly tokens: HashMap.HashMap<string, Token.Tokens>
  /** the appid of the account that a token was issued to, by the token's value */
  readonly owners: HashMap.HashMap<string, string>
}

export const none: Accounts = { tokens: HashMap.empty(), owners: HashMap.empty() }

/** The tokens of one account; none if it has had no token yet. */
export const get = ({ tokens }: Accounts, appid: string): Option.Option<Token.Tokens> => HashMap.get(tokens, appid)

/** Changes the tokens of one account. An account that has none yet starts empty. */
export const modify = <A>(
  accounts: Ref.Ref<Accounts>,
  appid: string,
  lifetime: number,
  change: (tokens: Token.Tokens) => readonly [A, Token.Tokens]
): Effect.Effect<A> =>
  Ref.modify(accounts, (all) => {
    const before = Option.getOrElse(get(all, appid), () => Token.empty(appid, lifetime))
    const [value, after] = change(before)
    const owners = after.issued
      .slice(before.issued.length)
      .reduce((owners, token) => HashMap.set(owners, token.value, appid), all.owners)
    return [value, { tokens: HashMap.set(all.tokens, appid, after), owners }]
  })

/** Changes the tokens of all accounts, without issuing any. */
export const modifyAll = (accounts: Accounts, change: (tokens: Token.Tokens) => Token.Tokens): Accounts => ({
  ...accounts,
  tokens: HashMap.map(accounts.tokens, change)
})

/** The token with that value, and the account it was issued to. */
export const find = (
  accounts: Accounts,
  value: string
): { readonly appid: string; readonly token: Token.Token } | undefined =>
  Option.getOrUndefined(
    Option.gen(function* () {
      const appid = yield* HashMap.get(accounts.owners, value)
      const { issued } = yield* get(accounts, appid)
      const token = yield* Option.fromNullable(issued.find((token) => token.value === value))
      return { appid, token }
    })
  )
