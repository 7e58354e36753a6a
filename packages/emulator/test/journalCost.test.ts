import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import * as Journal from "../src/internal/control/journal.js"

const incoming = { endpoint: "plugin", method: "POST", path: "/wxa/plugin", query: {} } as const

describe("the journal", () => {
  it.effect("adds an entry in constant time", () =>
    Effect.gen(function* () {
      // a copy for each entry would copy 20 billion elements, which exceeds any limit
      const count = 200_000
      const journal = yield* Journal.make(Number.POSITIVE_INFINITY)
      yield* Effect.repeat(journal.add(incoming, {}), { times: count - 1 })
      const entries = yield* journal.entries
      assert.deepStrictEqual([entries.length, entries.at(-1)?.seq, yield* journal.dropped], [count, count, 0])
    })
  )

  it.effect("drops the oldest entries in constant time, and never holds more than its limit", () =>
    Effect.gen(function* () {
      const journal = yield* Journal.make(1000)
      yield* Effect.repeat(journal.add(incoming, {}), { times: 9999 })
      const seqs = (yield* journal.entries).map(({ seq }) => seq)
      assert.deepStrictEqual(
        seqs,
        Array.from({ length: 1000 }, (_, at) => 9001 + at)
      )
      assert.strictEqual(yield* journal.dropped, 9000)
    })
  )

  it.effect("forgets an interrupted waiter, also after a reset", () =>
    Effect.gen(function* () {
      const journal = yield* Journal.make(10)
      const waiting = yield* Effect.fork(journal.awaitRequest("plugin", 1))
      const interrupted = yield* Effect.fork(journal.awaitRequest("plugin", 1))
      const later = yield* Effect.fork(journal.awaitRequest("plugin", 1))
      yield* Effect.yieldNow()
      assert.strictEqual(yield* journal.waiting, 3)
      yield* Fiber.interrupt(interrupted)
      assert.strictEqual(yield* journal.waiting, 2)
      yield* journal.reset
      assert.strictEqual(yield* journal.waiting, 2)
      yield* Fiber.interrupt(later)
      assert.strictEqual(yield* journal.waiting, 1)
      yield* journal.add(incoming, {})
      assert.strictEqual((yield* waiting).seq, 1)
      assert.strictEqual(yield* journal.waiting, 0)
    })
  )
})
