// A test of somebody who installed what the README says for tests.
import { Emulator } from "@effect-wechat/emulator"
import { expect, it } from "@effect/vitest"
import { Effect } from "effect"

it.effect("the emulator has plugins", () =>
  Effect.gen(function* () {
    const { plugins } = yield* Emulator.Emulator
    expect((yield* plugins).map(({ status }) => status)).toEqual([1, 2, 3, 4])
  }).pipe(Effect.provide(Emulator.layer()))
)
