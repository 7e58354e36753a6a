import { Emulator, type World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { authorizerToken, provide, world } from "./parties.js"
import { callWith, errcode, json, request, stableToken } from "./support.js"

const platform = world.platforms[0]!

const componentToken = (fields: object = {}) =>
  request("/cgi-bin/component/api_component_token", {
    body: JSON.stringify({
      component_appid: platform.appid,
      component_appsecret: Redacted.value(platform.appSecret),
      component_verify_ticket: Redacted.value(platform.verifyTicket),
      ...fields
    })
  })

const authorizerTokenBy = (query: string, fields: object = {}) =>
  request(`/cgi-bin/component/api_authorizer_token?${query}`, {
    body: JSON.stringify({
      component_appid: platform.appid,
      authorizer_appid: "wx-applicant",
      authorizer_refresh_token: Redacted.value(platform.authorizations[0]!.refreshToken),
      ...fields
    })
  })

const componentAccessToken = Effect.map(
  componentToken(),
  (reply) => (json(reply) as { readonly component_access_token: string }).component_access_token
)

const list = (token: string) => Effect.map(callWith(`access_token=${token}`), errcode)

/** The world, with this in the place of what the applicant allows the platform. */
const authorized = (authorization: Partial<World.Authorization> | undefined) =>
  Effect.flatMap(Emulator.Emulator, ({ seed }) =>
    seed({
      ...world,
      platforms: [
        {
          ...platform,
          authorizations: authorization === undefined ? [] : [{ ...platform.authorizations[0]!, ...authorization }]
        }
      ]
    })
  )

describe("a third-party platform", () => {
  it.effect("gets a token for whoever authorized it, and calls with it", () =>
    Effect.gen(function* () {
      const { authorizer_access_token, ...rest } = yield* authorizerToken
      assert.deepStrictEqual(rest, {
        expires_in: 7200,
        authorizer_refresh_token: "refreshtoken@@@made-up-of-the-emulator"
      })
      assert.strictEqual(yield* list(authorizer_access_token), 0)
      // the newer page names the parameter access_token
      const again = yield* authorizerTokenBy(`access_token=${yield* componentAccessToken}`)
      assert.isUndefined(errcode(again))
      assert.strictEqual(yield* list(authorizer_access_token), 0)
      yield* TestClock.adjust("2 hours")
      assert.strictEqual(yield* list(authorizer_access_token), 42001)
    }).pipe(provide)
  )

  it.effect("is refused a component token", () =>
    Effect.gen(function* () {
      const code = (fields: object) => Effect.map(componentToken(fields), errcode)
      assert.strictEqual(yield* code({ component_appid: "wx-applicant" }), 61011)
      assert.strictEqual(yield* code({ component_appsecret: "" }), 41004)
      assert.strictEqual(yield* code({ component_appsecret: "x" }), 40125)
      assert.strictEqual(yield* code({ component_verify_ticket: "x" }), 61006)
    }).pipe(provide)
  )

  it.effect("is refused an authorizer token", () =>
    Effect.gen(function* () {
      const component = yield* componentAccessToken
      const code = (query: string, fields: object = {}) => Effect.map(authorizerTokenBy(query, fields), errcode)
      const mine = `component_access_token=${component}`
      assert.strictEqual(yield* code(""), 41001)
      assert.strictEqual(yield* code("component_access_token=x"), 40001)
      assert.strictEqual(yield* code(`component_access_token=${(yield* stableToken()).access_token}`), 61024)
      assert.strictEqual(yield* code(mine, { component_appid: "wx-other" }), 61011)
      assert.strictEqual(yield* code(mine, { authorizer_appid: "wx-developer" }), 61003)
      assert.strictEqual(yield* code(mine, { authorizer_refresh_token: "x" }), 61023)
      yield* authorized({ isBroken: true })
      assert.strictEqual(yield* code(mine), 42007)
      yield* TestClock.adjust("2 hours")
      assert.strictEqual(yield* code(mine), 42001)
      assert.strictEqual(yield* list(component), 40001)
    }).pipe(provide)
  )

  it.effect("loses what it may do while its token lives", () =>
    Effect.gen(function* () {
      const { authorizer_access_token } = yield* authorizerToken
      yield* authorized({ permissionSets: [18] })
      assert.strictEqual(yield* list(authorizer_access_token), 61007)
      yield* authorized({ isBroken: true })
      assert.strictEqual(yield* list(authorizer_access_token), 42007)
      yield* authorized(undefined)
      assert.strictEqual(yield* list(authorizer_access_token), 61003)
    }).pipe(provide)
  )

  it.effect("shows no secret in the journal", () =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      const { authorizer_access_token, authorizer_refresh_token } = yield* authorizerToken
      yield* list(authorizer_access_token)
      const printed = JSON.stringify(yield* journal)
      const secrets = [platform.appSecret, platform.verifyTicket].map(Redacted.value)
      for (const secret of [...secrets, authorizer_access_token, authorizer_refresh_token]) {
        assert.notInclude(printed, secret)
      }
    }).pipe(provide)
  )
})
