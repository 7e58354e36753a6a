import { Emulator, type World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { authorizerToken, provide, world } from "./parties.js"
import { callWith, errcode, json, request, stableToken } from "./support.js"

const component = world.components[0]!

const componentToken = (fields: object = {}) =>
  request("/cgi-bin/component/api_component_token", {
    body: JSON.stringify({
      component_appid: component.appid,
      component_appsecret: Redacted.value(component.appSecret),
      component_verify_ticket: Redacted.value(component.verifyTicket),
      ...fields
    })
  })

const authorizerTokenBy = (query: string, fields: object = {}) =>
  request(`/cgi-bin/component/api_authorizer_token?${query}`, {
    body: JSON.stringify({
      component_appid: component.appid,
      authorizer_appid: "wx-applicant",
      authorizer_refresh_token: Redacted.value(component.authorizations[0]!.refreshToken),
      ...fields
    })
  })

const componentAccessToken = Effect.map(
  componentToken(),
  (reply) => (json(reply) as { readonly component_access_token: string }).component_access_token
)

const list = (token: string) => Effect.map(callWith(`access_token=${token}`), errcode)

/** Seeds the world with another authorization of the component, or with none. */
const authorized = (authorization: Partial<World.Authorization> | undefined) =>
  Effect.flatMap(Emulator.Emulator, ({ seed }) =>
    seed({
      ...world,
      components: [
        {
          ...component,
          authorizations: authorization === undefined ? [] : [{ ...component.authorizations[0]!, ...authorization }]
        }
      ]
    })
  )

describe("a component", () => {
  it.effect("gets an authorizer token and calls the API with it", () =>
    Effect.gen(function* () {
      const { authorizer_access_token, ...rest } = yield* authorizerToken
      assert.deepStrictEqual(rest, {
        expires_in: 7200,
        authorizer_refresh_token: "refreshtoken@@@made-up-of-the-emulator"
      })
      assert.strictEqual(yield* list(authorizer_access_token), 0)
      // WeChat's newer page calls the parameter access_token
      const again = yield* authorizerTokenBy(`access_token=${yield* componentAccessToken}`)
      assert.isUndefined(errcode(again))
      assert.strictEqual(yield* list(authorizer_access_token), 0)
      yield* TestClock.adjust("2 hours")
      assert.strictEqual(yield* list(authorizer_access_token), 42001)
    }).pipe(provide)
  )

  it.effect("gets no component token with wrong credentials", () =>
    Effect.gen(function* () {
      const code = (fields: object) => Effect.map(componentToken(fields), errcode)
      assert.strictEqual(yield* code({ component_appid: "wx-applicant" }), 61011)
      assert.strictEqual(yield* code({ component_appsecret: "" }), 41004)
      assert.strictEqual(yield* code({ component_appsecret: "x" }), 40125)
      assert.strictEqual(yield* code({ component_verify_ticket: "x" }), 61006)
    }).pipe(provide)
  )

  it.effect("gets no authorizer token with wrong credentials or without an authorization", () =>
    Effect.gen(function* () {
      const token = yield* componentAccessToken
      const code = (query: string, fields: object = {}) => Effect.map(authorizerTokenBy(query, fields), errcode)
      const mine = `component_access_token=${token}`
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
      assert.strictEqual(yield* list(token), 40001)
    }).pipe(provide)
  )

  it.effect("loses its permissions while its token is still valid", () =>
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

  it.effect("leaves no secret in the journal", () =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      const { authorizer_access_token, authorizer_refresh_token } = yield* authorizerToken
      yield* list(authorizer_access_token)
      const printed = JSON.stringify(yield* journal)
      const secrets = [component.appSecret, component.verifyTicket].map(Redacted.value)
      for (const secret of [...secrets, authorizer_access_token, authorizer_refresh_token]) {
        assert.notInclude(printed, secret)
      }
    }).pipe(provide)
  )
})
