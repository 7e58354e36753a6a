import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Endpoint, Entry, EntryReply } from "../../Journal.js"

interface Waiter {
  readonly endpoint: Endpoint
  readonly nth: number
  readonly arrived: Deferred.Deferred<Entry>
}

interface Store {
  readonly entries: ReadonlyArray<{ readonly endpoint: Entry["endpoint"]; readonly cell: Ref.Ref<Entry> }>
  readonly waiters: ReadonlyArray<Waiter>
}

/** The entry of one request. Its reply is recorded later. */
export interface EntryRecord {
  readonly get: Effect.Effect<Entry>
  readonly reply: (reply: EntryReply) => Effect.Effect<void>
}

export interface Journal {
  readonly add: (entry: Omit<Entry, "seq" | "reply">, reply: EntryReply) => Effect.Effect<EntryRecord>
  readonly entries: Effect.Effect<ReadonlyArray<Entry>>
  readonly awaitRequest: (endpoint: Endpoint, nth: number) => Effect.Effect<Entry>
  readonly reset: Effect.Effect<void>
}

const isAt = (endpoint: Entry["endpoint"]) => (entry: Store["entries"][number]) => entry.endpoint === endpoint

export const make: Effect.Effect<Journal> = Effect.gen(function* () {
  const store = yield* Ref.make<Store>({ entries: [], waiters: [] })

  const add: Journal["add"] = Effect.fnUntraced(function* (incoming, reply) {
    const { cell, due, entry } = yield* Ref.modify(store, ({ entries, waiters }) => {
      const entry: Entry = { seq: entries.length + 1, ...incoming, reply }
      const cell = Ref.unsafeMake(entry)
      const next = [...entries, { endpoint: entry.endpoint, cell }]
      const count = next.filter(isAt(entry.endpoint)).length
      const isDue = (waiter: Waiter) => waiter.endpoint === entry.endpoint && waiter.nth <= count
      return [
        { cell, due: waiters.filter(isDue), entry },
        { entries: next, waiters: waiters.filter((waiter) => !isDue(waiter)) }
      ]
    })
    yield* Effect.forEach(due, (waiter) => Deferred.succeed(waiter.arrived, entry), { discard: true })
    const record: EntryRecord = {
      get: Ref.get(cell),
      reply: (reply) => Ref.update(cell, (entry) => ({ ...entry, reply }))
    }
    return record
  }, Effect.uninterruptible)

  const awaitRequest: Journal["awaitRequest"] = Effect.fnUntraced(function* (endpoint, nth) {
    const arrived = yield* Deferred.make<Entry>()
    const waiter = { endpoint, nth, arrived }
    const there = yield* Ref.modify(store, (state) => {
      const entry = state.entries.filter(isAt(endpoint))[nth - 1]
      return [entry, entry === undefined ? { ...state, waiters: [...state.waiters, waiter] } : state]
    })
    return yield* there === undefined ? Deferred.await(arrived) : Ref.get(there.cell)
  })

  return {
    add,
    entries: Effect.flatMap(Ref.get(store), ({ entries }) => Effect.forEach(entries, ({ cell }) => Ref.get(cell))),
    awaitRequest,
    reset: Ref.update(store, ({ waiters }) => ({ entries: [], waiters }))
  }
})
