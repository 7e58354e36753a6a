import { World } from "@effect-wechat/emulator"
import { assert, it } from "@effect/vitest"
import { Effect, Either, Redacted, Ref } from "effect"
import { perform } from "../src/internal/domain/perform.js"
import { documented } from "../src/internal/domain/quota.js"
import * as State from "../src/internal/domain/state.js"
import * as App from "../src/internal/security/app.js"
import * as Credential from "../src/internal/security/credential.js"
import * as Token from "../src/internal/tokens/token.js"

it.effect("a call costs the same with any number of mini programs", () =>
  Effect.gen(function* () {
    // a look through all of them, or a copy, for each call would take ten billion steps, which exceeds any limit
    const count = 30_000
    const miniPrograms = Array.from({ length: count }, (_, at) => ({ appid: `wx${at}` }))
    const world = World.make({
      miniPrograms: miniPrograms as never,
      plugins: [{ appid: "wxmap", nickname: "地图" }, { appid: "wxpay" }],
      applications: miniPrograms.map(({ appid }) => ({ applicant: appid, plugin: "wxmap", status: 2 }))
    })
    const state = yield* State.make({
      port: 0,
      secretId: "",
      secretKey: Redacted.make(""),
      world,
      tokenLifetimeMillis: 7_200_000,
      permissions: [],
      quotas: documented,
      openInterface: { paths: [], readyAfterMillis: 0 },
      journalLimit: 1,
      onRequest: () => Effect.void
    })
    for (const { appid } of miniPrograms) {
      const claim = { grant_type: "client_credential", appid, secret: `made-up-secret-of-${appid}` }
      yield* yield* Effect.map(Ref.get(state.world), (world) => App.authenticate(world, claim))
      yield* State.spend(state, appid, "getStableAccessToken", 0)
      const { value } = yield* State.modifyTokens(state, appid, (tokens) => Token.normal(tokens, 0))
      const credential = { parameter: "access_token", value: Redacted.make(value) } as const
      const caller = yield* yield* Credential.resolve(state, credential, 0)
      assert.strictEqual(caller.appid, appid)
      yield* perform(state, caller, "/wxa/plugin", { action: "apply", plugin_appid: "wxpay" }, 0)
      const reply = yield* perform(state, caller, "/wxa/plugin", { action: "list" }, 0)
      assert.lengthOf(reply["plugin_list"] as ReadonlyArray<unknown>, 2)
    }
    const last = { appid: `wx${count - 1}` }
    const again = yield* Effect.either(
      perform(state, last, "/wxa/plugin", { action: "apply", plugin_appid: "wxpay" }, 0)
    )
    assert.deepStrictEqual(again, Either.left(89237))
  })
)
