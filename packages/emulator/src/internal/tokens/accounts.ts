import type * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Token from "./token.js"

/** The tokens of every account, by appid. An account is a mini program or a component. */
export type Accounts = ReadonlyMap<string, Token.Tokens>

/** Changes the tokens of one account. An account that has none yet starts empty. */
export const modify = <A>(
  accounts: Ref.Ref<Accounts>,
  appid: string,
  lifetime: number,
  change: (tokens: Token.Tokens) => readonly [A, Token.Tokens]
): Effect.Effect<A> =>
  Ref.modify(accounts, (all) => {
    const [value, tokens] = change(all.get(appid) ?? Token.empty(appid, lifetime))
    return [value, new Map(all).set(appid, tokens)]
  })

/** The token with that value, and the account it was issued to. */
export const find = (
  accounts: Accounts,
  value: string
): { readonly appid: string; readonly token: Token.Token } | undefined => {
  for (const { appid, issued } of accounts.values()) {
    const token = issued.find((token) => token.value === value)
    if (token !== undefined) {
      return { appid, token }
    }
  }
  return undefined
}
