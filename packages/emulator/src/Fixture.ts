/**
 * An emulator for tests without Effect: its members return promises.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as Emulator from "./Emulator.js"

/**
 * A running emulator whose members return promises. A member that is an Effect in {@link Emulator.Emulator.Service} is a function
 * without parameters here: `await wechat.journal()`. What is a defect there is a rejection here.
 *
 * @category models
 * @since 1.0.0
 */
export type Wechat = {
  readonly [Member in keyof Emulator.Emulator.Service]: Emulator.Emulator.Service[Member] extends Effect.Effect<infer A>
    ? () => Promise<A>
    : Emulator.Emulator.Service[Member] extends (...args: infer Args) => Effect.Effect<infer A>
      ? (...args: Args) => Promise<A>
      : Emulator.Emulator.Service[Member]
}

const promised = (service: Emulator.Emulator.Service): Wechat =>
  Object.fromEntries(
    Object.entries(service).map(([name, member]: readonly [string, unknown]) => [
      name,
      Effect.isEffect(member)
        ? () => Effect.runPromise(member as Effect.Effect<unknown>)
        : typeof member === "function"
          ? (...args: ReadonlyArray<unknown>) =>
              Effect.runPromise(Effect.suspend(() => member(...args) as Effect.Effect<unknown>))
          : member
    ])
  ) as unknown as Wechat

/**
 * Starts an emulator, which runs until `stop`. Rejects with an `EmulatorError` if its port is in use.
 *
 * @example
 * ```ts
 * import { Fault, Fixture } from "@effect-wechat/emulator"
 *
 * const wechat = await Fixture.start()
 * await wechat.fault(Fault.errcode(-1))
 * await wechat.stop()
 * ```
 *
 * @category fixtures
 * @since 1.0.0
 */
export const start = (options: Emulator.Options = {}): Promise<Wechat & { readonly stop: () => Promise<void> }> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(Emulator.layer(options), scope)
      return {
        ...promised(Context.get(context, Emulator.Emulator)),
        stop: () => Effect.runPromise(Scope.close(scope, Exit.void))
      }
    })
  )

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
 * import { expect, test } from "vitest"
 *
 * const it = test.extend({ wechat: Fixture.wechat() })
 *
 * it("handles a busy WeChat", async ({ wechat }) => {
 *   await wechat.fault(Fault.errcode(-1))
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
  async ({}: object, use: (wechat: Wechat) => Promise<void>): Promise<void> => {
    const wechat = await start(options)
    await use(wechat).finally(wechat.stop)
  }
