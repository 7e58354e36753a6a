import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import { Agent } from "undici"
import { get, silentServer } from "./support.js"

it.effect("a dispatcher of one's own stays open", () =>
  Effect.gen(function* () {
    const { url } = yield* silentServer
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Agent()),
      (agent) => Effect.promise(() => agent.destroy())
    )
    yield* Effect.provide(get(`${url}/third`), UndiciHttpClient.layerDispatcher(agent))
    assert.isFalse(agent.destroyed || agent.closed)
  }).pipe(Effect.scoped)
)

it.effect("a dispatcher of one's own that throws fails one call, and the next has its deadline", () =>
  Effect.gen(function* () {
    const { url } = yield* silentServer
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Agent()),
      (agent) => Effect.promise(() => agent.destroy())
    )
    let calls = 0
    const dispatcher = agent.compose((dispatch) => (options, handler) => {
      if (calls++ === 0) {
        throw new Error(`no way to ${options.path}`)
      }
      return dispatch(options, handler)
    })
    const reasons = yield* Effect.replicateEffect(
      Effect.gen(function* () {
        const fiber = yield* Effect.fork(Effect.flip(PluginManager.getPluginList))
        yield* TestClock.adjust("10 seconds")
        const error = yield* Fiber.join(fiber)
        return "reason" in error ? error.reason : error._tag
      }),
      2
    ).pipe(
      Effect.provide(
        HttpsTransport.layerAccessToken({ baseUrl: new URL(url) }).pipe(
          Layer.provide(AccessToken.layerStatic({ accessToken: Redacted.make("76_a-secret-token") })),
          Layer.provide(UndiciHttpClient.layerDispatcher(dispatcher))
        )
      )
    )
    assert.deepStrictEqual(reasons, ["connection", "timeout"])
  }).pipe(Effect.scoped)
)
