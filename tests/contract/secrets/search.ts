import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { assert, layer } from "@effect/vitest"
import { Effect, Exit, Layer, Option } from "effect"
import { type Door, tokensOf } from "./doors.js"
import { type Failure, failures, freshToken, traces } from "./failures.js"
import type { Subject } from "./layers.js"
import { onlyFailure } from "../world.js"
import { observe, type Outcome } from "./telemetry.js"

const list = PluginManager.getPluginList

const assertIsObserved = ({ logCount, spanNames }: Outcome<unknown, unknown>) => {
  assert.includeMembers([...spanNames], ["pluginManager.getPluginList", "caller"])
  assert.isAbove(logCount, 0)
}

/** Fails at one door, twice: the second call may find what is remembered of the failure. */
const failAt = (
  { hasCallBefore, leading, order, sent, tokensOf: at }: Door,
  { doors, kept, layer: transport }: Subject,
  [, fault]: Failure
) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    yield* emulator.reset
    const call = Effect.provide(list, yield* Layer.build(Layer.fresh(transport)))
    if (hasCallBefore) {
      yield* call
    }
    yield* Effect.forEach(leading, emulator.fault)
    const echoed = [...sent, ...(at === undefined ? [] : yield* tokensOf(emulator, at))]
    assert.isNotEmpty(echoed)
    yield* emulator.fault(fault([...new Set(echoed)], order))
    for (const _ of ["the failure", "what is remembered of it"]) {
      const outcome = yield* observe(call)
      assertIsObserved(outcome)
      assert.isTrue(
        Exit.isSuccess(outcome.exit) || Option.isSome(onlyFailure(outcome.exit.cause)),
        String(outcome.exit)
      )
      const secrets = [freshToken, ...kept, ...doors.flatMap(({ sent }) => sent), ...(yield* tokensOf(emulator))]
      for (const trace of [...new Set(secrets)].flatMap(traces)) {
        const at = outcome.text.indexOf(trace)
        const around = outcome.text.slice(Math.max(at - 99, 0), at + 99)
        assert.isBelow(at, 0, `${trace} shows after a failure at ${order.on}: ${around}`)
      }
    }
    const hasFault = (yield* emulator.journal).some(
      ({ endpoint, reply }) => endpoint === order.on && reply.fault !== undefined
    )
    assert.isTrue(hasFault, `no request met the fault at ${order.on}`)
  }).pipe(Effect.scoped)

/** The tests of some layers. They are in two files, so that they run at the same time. */
export const searchOf = (subjects: ReadonlyArray<Subject>) => {
  for (const subject of subjects) {
    layer(Emulator.layer(subject.emulator), { excludeTestServices: true })(
      `what OpenTelemetry, errors and logs show of ${subject.name}`,
      (it) => {
        it.effect("has the spans of a call that succeeds", () =>
          Effect.gen(function* () {
            const outcome = yield* observe(Effect.provide(list, subject.layer))
            assert.isTrue(Exit.isSuccess(outcome.exit), String(outcome.exit))
            assertIsObserved(outcome)
          })
        )

        it.effect.each(failures)("has no secret when the other side %s", (failure) =>
          Effect.forEach(subject.doors, (door) => failAt(door, subject, failure))
        )
      }
    )
  }
}
