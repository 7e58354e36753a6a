/**
 * A WeChat for one test, in test runners that know nothing of Effect.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Emulator from "./Emulator.js"

/**
 * A fixture for `test.extend` of Vitest: each test that asks for it gets an emulator of its own, which is gone after the test.
 *
 * With `@effect/vitest` there is no need of it: `Effect.provide(Emulator.layer())` gives a test its own as well, and `it.layer` one to
 * a group of tests, with a `reset` between them.
 *
 * @example
 * ```ts
 * import { Fault, Fixture } from "@effect-wechat/emulator"
 * import { Effect } from "effect"
 * import { expect, test } from "vitest"
 *
 * const it = test.extend({ wechat: Fixture.wechat() })
 *
 * it("is told that WeChat is busy", async ({ wechat }) => {
 *   await Effect.runPromise(wechat.fault(Fault.errcode(-1)))
 *   const response = await fetch(new URL("/wxa/plugin", wechat.url), { method: "POST" })
 *   expect(await response.json()).toMatchObject({ errcode: -1 })
 * })
 * ```
 *
 * @category fixtures
 * @since 0.1.0
 */
export const wechat =
  (options: Emulator.Options = {}) =>
  // Vitest reads in the source of this function which other fixtures it needs, and wants to see the braces
  // oxlint-disable-next-line no-empty-pattern
  ({}: object, use: (wechat: Emulator.Emulator.Service) => Promise<void>): Promise<void> =>
    Effect.runPromise(
      Layer.build(Emulator.layer(options)).pipe(
        Effect.flatMap((context) => Effect.promise(() => use(Context.get(context, Emulator.Emulator)))),
        Effect.scoped
      )
    )
