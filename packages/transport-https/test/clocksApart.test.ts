import { Emulator, Fault } from "@effect-wechat/emulator"
import { inTime } from "@effect-wechat/test-support/inTime"
import { TokenStore } from "@effect-wechat/transport-https/TokenStore"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Duration, Effect, Redacted, TestClock } from "effect"
import { key, machine, tokenRequests, withStore } from "./machines.js"

/** A day has passed, so that a clock that is behind shows no time before 1970. */
const pair = Effect.zipRight(
  TestClock.adjust("1 day"),
  Effect.all({ ahead: machine("10 minutes"), behind: machine("0 seconds") })
)

describe("a machine whose clock is ten minutes behind that of another", () => {
  for (const order of ["ahead", "behind"] as const) {
    it.scoped(`forces a renewal 30 seconds after one, where the ${order} one forced it`, () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { ahead, behind } = yield* pair
        const [first, second] = order === "ahead" ? [ahead, behind] : [behind, ahead]
        yield* Effect.all([first, second])
        yield* emulator.expireTokens({ stale: true })
        yield* first
        yield* second
        yield* TestClock.adjust("31 seconds")
        yield* emulator.expireTokens({ stale: true })
        assert.isNotEmpty(yield* second)
        assert.isNotEmpty(yield* first)
        assert.strictEqual((yield* tokenRequests).forced, 2)
      }).pipe(withStore())
    )

    it.scoped(`forces none within 30 seconds of another, where the ${order} one forced it`, () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { ahead, behind } = yield* pair
        const [first, second] = order === "ahead" ? [ahead, behind] : [behind, ahead]
        yield* Effect.all([first, second])
        yield* emulator.expireTokens({ stale: true })
        yield* first
        yield* second
        yield* TestClock.adjust("20 seconds")
        yield* emulator.expireTokens({ stale: true })
        assert.strictEqual((yield* Effect.flip(second))._tag, "CredentialRejected")
        assert.strictEqual((yield* tokenRequests).forced, 1)
        yield* TestClock.adjust("11 seconds")
        assert.isNotEmpty(yield* second)
        assert.strictEqual((yield* tokenRequests).forced, 2)
      }).pipe(withStore())
    )

    it.scoped(`pauses no longer than the other, where the ${order} one was refused`, () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { ahead, behind } = yield* pair
        const [first, second] = order === "ahead" ? [ahead, behind] : [behind, ahead]
        yield* emulator.fault(Fault.errcode(-1, { on: "token" }))
        yield* Effect.flip(first)
        yield* Effect.flip(second)
        assert.strictEqual((yield* tokenRequests).normal, 1)
        yield* TestClock.adjust("2 seconds")
        assert.isNotEmpty(yield* inTime(second))
        assert.strictEqual((yield* tokenRequests).normal, 2)
      }).pipe(withStore())
    )
  }

  it.scoped("waits neither for what somebody else has put into the store, nor for what the store forgets late", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const store = yield* TokenStore
      const put = (name: string, json: object) =>
        store.set(`${key(emulator)}:${name}`, Redacted.make(JSON.stringify(json)), Duration.days(2))
      yield* TestClock.adjust("1 day")
      const now = yield* Clock.currentTimeMillis
      for (const wait of [
        { at: now, length: 1e15 },
        { at: now, length: "60000" },
        { at: now - 2_000_000, length: 60_000 }
      ]) {
        yield* put("pause", { count: 1, lost: { api: "auth", description: "made up", reason: "connection" } })
        yield* put("pause:wait", wait)
        yield* put("forced:wait", wait)
        const one = yield* machine()
        yield* one
        yield* emulator.expireTokens({ stale: true })
        assert.isNotEmpty(yield* one)
        yield* TestClock.adjust("1 hour")
      }
    }).pipe(withStore())
  )
})
