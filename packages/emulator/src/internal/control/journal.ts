import * as Effect from "effect/Effect"
import type { Endpoint, Entry, EntryReply } from "../../Journal.js"

/** The entry of one request. Its reply is recorded later. */
export interface EntryRecord {
  readonly get: Effect.Effect<Entry>
  readonly reply: (reply: EntryReply) => Effect.Effect<void>
}

export interface Journal {
  readonly add: (entry: Omit<Entry, "seq" | "reply">, reply: EntryReply) => Effect.Effect<EntryRecord>
  readonly entries: Effect.Effect<ReadonlyArray<Entry>>
  /** How many of the oldest entries were dropped since the start or the last `reset`. */
  readonly dropped: Effect.Effect<number>
  readonly awaitRequest: (endpoint: Endpoint, nth: number) => Effect.Effect<Entry>
  /** How many `awaitRequest` wait. */
  readonly waiting: Effect.Effect<number>
  /** Removes all entries. Those who wait go on waiting, for a request after the reset. */
  readonly reset: Effect.Effect<void>
}

interface Cell {
  entry: Entry
}

interface Waiter {
  readonly endpoint: Endpoint
  readonly nth: number
  readonly resume: (entry: Effect.Effect<Entry>) => void
}

/**
 * A journal of the last `limit` entries. It is mutable, and every change is one synchronous step: a copy for each request would make
 * requests slower with each entry.
 */
export const make = (limit: number): Effect.Effect<Journal> =>
  Effect.sync(() => {
    /** A ring buffer: the entry with number `seq` is at `(seq - 1) % limit`. */
    let cells: Array<Cell> = []
    let seq = 0
    const arrivals = new Map<Entry["endpoint"], number>()
    const waiters = new Set<Waiter>()

    const dropped = () => Math.max(0, seq - limit)

    const entries = (): ReadonlyArray<Entry> => {
      const oldest = dropped() % limit
      return [...cells.slice(oldest), ...cells.slice(0, oldest)].map(({ entry }) => entry)
    }

    const nthOf = (endpoint: Endpoint, nth: number): Effect.Effect<Entry> => {
      const kept = entries().filter((entry) => entry.endpoint === endpoint)
      const entry = kept.at(nth - 1 - (arrivals.get(endpoint) ?? 0))
      return entry === undefined
        ? Effect.dieMessage(`the entry of ${endpoint} request ${nth} was dropped: raise journalLimit`)
        : Effect.succeed(entry)
    }

    return {
      add: (incoming, reply) =>
        Effect.sync(() => {
          seq += 1
          const { endpoint } = incoming
          const cell: Cell = { entry: { seq, ...incoming, reply } }
          cells[(seq - 1) % limit] = cell
          const count = (arrivals.get(endpoint) ?? 0) + 1
          arrivals.set(endpoint, count)
          for (const waiter of waiters) {
            if (waiter.endpoint === endpoint && waiter.nth <= count) {
              waiters.delete(waiter)
              waiter.resume(Effect.succeed(cell.entry))
            }
          }
          return {
            get: Effect.sync(() => cell.entry),
            reply: (reply) =>
              Effect.sync(() => {
                cell.entry = { ...cell.entry, reply }
              })
          }
        }),
      entries: Effect.sync(entries),
      dropped: Effect.sync(dropped),
      awaitRequest: (endpoint, nth) =>
        Effect.suspend(() =>
          nth <= (arrivals.get(endpoint) ?? 0)
            ? nthOf(endpoint, nth)
            : Effect.async<Entry>((resume) => {
                const waiter: Waiter = { endpoint, nth, resume }
                waiters.add(waiter)
                return Effect.sync(() => {
                  waiters.delete(waiter)
                })
              })
        ),
      waiting: Effect.sync(() => waiters.size),
      reset: Effect.sync(() => {
        cells = []
        seq = 0
        arrivals.clear()
      })
    }
  })
