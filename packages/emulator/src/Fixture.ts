/**
 * Fixtures for Vitest without Effect.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Emulator from "./Emulator.js"

/**
 * A fixture for Vitest's `test.extend`. Each test that uses it gets its own emulator, which stops after the test.
 *
 * **When to use**
 *
 * With `@effect/vitest` use {@link Emulator.layer}: `Effect.provide(Emulator.layer())` starts an emulator for one test, and `it.layer`
 * starts one for a group of tests, which can call `reset` between them.
 *
 * @example
 * ```ts
 * import { Fault, Fixture } from "@effect-wechat/emulator"
 * import { Effect } from "effect"
 * import { expect, test } from "vitest"
 *
 * const it = test.extend({ wechat: Fixture.wechat() })
 *
 * it("handles a busy WeChat", async ({ wechat }) => {
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
  // Vitest parses this function for the fixtures that it needs, and requires an object pattern
  // oxlint-disable-next-line no-empty-pattern
  ({}: object, use: (wechat: Emulator.Emulator.Service) => Promise<void>): Promise<void> =>
    Effect.runPromise(
      Layer.build(Emulator.layer(options)).pipe(
        Effect.flatMap((context) => Effect.promise(() => use(Context.get(context, Emulator.Emulator)))),
        Effect.scoped
      )
    )
