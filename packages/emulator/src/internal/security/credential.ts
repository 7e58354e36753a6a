import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Credential } from "../../Journal.js"
import type { World } from "../../World.js"
import { byAppid } from "../domain/miniPrograms.js"
import type { State } from "../domain/state.js"
import type { Caller } from "../domain/transition.js"
import * as Accounts from "../tokens/accounts.js"
import * as Cloudbase from "../tokens/cloudbase.js"
import * as Token from "../tokens/token.js"

/** The credential in a query: the first of these parameters that it has. */
export const read = (
  query: URLSearchParams,
  parameters: ReadonlyArray<Credential["parameter"]>
): Credential | undefined =>
  parameters.flatMap((parameter) => {
    const value = query.get(parameter)
    return value === null || value === "" ? [] : [{ parameter, value: Redacted.make(value) }]
  })[0]

/** What a mini program permits a component now. It may differ from what it permitted when the token was issued. */
const authorizationOf = (world: Pick<World, "components">, component: string, appid: string): Caller["authorization"] =>
  byAppid(byAppid(world.components).get(component)?.authorizations ?? []).get(appid)

const callerOf = (
  world: Pick<World, "components">,
  accounts: Accounts.Accounts,
  value: string,
  now: number
): Either.Either<Caller, number> =>
  Either.gen(function* () {
    const found = Accounts.find(accounts, value)
    if (found === undefined || found.token.kind === "component") {
      return yield* Either.left(40001)
    }
    const refusal = Token.refusal(found.token, now)
    if (refusal !== undefined) {
      return yield* Either.left(refusal)
    }
    const { appid, token } = found
    if (token.component === undefined) {
      return { appid }
    }
    const authorization = authorizationOf(world, token.component, appid)
    if (authorization === undefined) {
      return yield* Either.left(61003)
    }
    return authorization.isBroken ? yield* Either.left(42007) : { appid, authorization }
  })

const cloudbaseCallerOf = (
  world: Pick<World, "miniPrograms">,
  value: string,
  now: number
): Either.Either<Caller, number> => {
  for (const { appid } of world.miniPrograms) {
    const state = Cloudbase.check(appid, value, now)
    if (state !== undefined) {
      return state === "valid" ? Either.right({ appid }) : Either.left(42001)
    }
  }
  return Either.left(40001)
}

/** The account that a token was issued to, also if the token is no longer accepted. */
export const accountOf = (
  state: State,
  credential: Credential | undefined,
  now: number
): Effect.Effect<string | undefined> =>
  Effect.zipWith(Ref.get(state.world), Ref.get(state.accounts), (world, accounts) => {
    if (credential === undefined) {
      return undefined
    }
    const value = Redacted.value(credential.value)
    return credential.parameter === "access_token"
      ? Accounts.find(accounts, value)?.appid
      : world.miniPrograms.find(({ appid }) => Cloudbase.check(appid, value, now) !== undefined)?.appid
  })

/** The caller that a credential identifies, or the errcode that refuses it. */
export const resolve = (
  state: State,
  credential: Credential | undefined,
  now: number
): Effect.Effect<Either.Either<Caller, number>> =>
  Effect.zipWith(Ref.get(state.world), Ref.get(state.accounts), (world, accounts) => {
    if (credential === undefined) {
      return Either.left(41001)
    }
    const value = Redacted.value(credential.value)
    return credential.parameter === "access_token"
      ? callerOf(world, accounts, value, now)
      : cloudbaseCallerOf(world, value, now)
  })
