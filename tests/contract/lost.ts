import { Emulator, Fault } from "@effect-wechat/emulator"
import type { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { Effect, Fiber, TestClock } from "effect"
import type { Subject } from "./subjects.js"
import { agree, apply, refuse, remove, seen, testWith, type Two, unbind } from "./two.js"
import { door, failureOf } from "./world.js"

type Act = (two: Two) => Effect.Effect<unknown, PluginManagerError.PluginManagerError>

/** Changes, and what a second try is told once the first has been carried out. */
const changes: ReadonlyArray<
  readonly [name: string, before: ReadonlyArray<Act>, change: Act, isRetryable: boolean, again: string]
> = [
  ["applyPlugin", [], apply("wx-plugin"), false, "PluginAlreadyAdded"],
  ["unbindPlugin", [apply("wx-plugin"), agree], unbind("wx-plugin"), true, "PluginNotAdded"],
  ["an agreement", [apply("wx-plugin")], agree, false, "ApplicationNotPending"],
  ["a refusal", [apply("wx-plugin")], refuse, false, "ApplicationNotPending"],
  ["a deletion", [apply("wx-plugin"), refuse], remove, false, "ApplicantNotFound"]
]

/** A reply that is lost on its way: the change is made, and nobody makes it twice. */
export const lost = (subject: Subject): void => {
  const test = testWith(subject)

  for (const [name, before, change, isRetryable, again] of changes) {
    test(`${name} whose reply is lost is made once, and a second try is told so`, (two) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* Effect.forEach(before, (act) => act(two), { discard: true })
        const unchanged = yield* seen(two)
        yield* emulator.fault(Fault.reset())
        const { length } = yield* emulator.journal
        const error: object = yield* failureOf(change(two))
        assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection", isRetryable })
        const requests = (yield* emulator.journal).slice(length).filter(({ endpoint }) => endpoint === door(subject))
        assert.lengthOf(requests, 1, "no client may repeat it by itself")
        const changed = yield* seen(two)
        assert.notDeepEqual(changed, unchanged)
        assert.strictEqual((yield* failureOf(change(two)))._tag, again)
        assert.deepStrictEqual(yield* seen(two), changed)
      }))
  }

  test("an application that is answered too late is no error that one may repeat", (two) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold({ on: "pluginManager.applyPlugin" }))
      const fiber = yield* Effect.fork(failureOf(apply("wx-plugin")(two)))
      yield* emulator.awaitRequest(door(subject))
      yield* TestClock.adjust("10 seconds")
      const error: object = yield* Fiber.join(fiber)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "timeout", isRetryable: false })
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin applying"], ["wx-applicant applying"]])
    }))
}
