import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Fault } from "../../Fault.js"
import type { Entry } from "../../Journal.js"

/** What a fault is matched against. */
interface Target {
  readonly endpoint: Entry["endpoint"]
  readonly operation?: Entry["operation"]
  readonly action?: unknown
}

/** The queue of ordered faults, and the replies that a fault holds. */
export interface Faults {
  readonly order: (fault: Fault) => Effect.Effect<void>
  /** Takes the first fault that is due for the request, and counts the request for every other fault that is for it. */
  readonly take: (target: Target) => Effect.Effect<Fault | undefined>
  /** The gate that a held reply waits for. Each `release` opens it and replaces it. */
  readonly gate: Effect.Effect<Deferred.Deferred<void>>
  readonly release: Effect.Effect<void>
  /** Empties the queue. Held replies stay held. */
  readonly clear: Effect.Effect<void>
}

const isFor = (fault: Fault, { action, endpoint, operation }: Target): boolean => {
  if (fault._tag === "GatewayError" && endpoint !== "gateway") {
    return false
  }
  const { on } = fault
  return on === undefined
    ? endpoint === "plugin" || endpoint === "gateway"
    : on === "any" || on === endpoint || on === operation || on === action
}

const isDue = ({ nth = 1 }: Fault): boolean => nth <= 1

/** What remains of a fault after a request that it is for. */
const rest = (fault: Fault, isTaken: boolean): ReadonlyArray<Fault> => {
  if (!isTaken) {
    return [{ ...fault, nth: (fault.nth ?? 1) - 1 }]
  }
  const left = (fault.times ?? 1) - 1
  return left > 0 ? [{ ...fault, times: left }] : []
}

const takeFrom = (queue: ReadonlyArray<Fault>, target: Target): readonly [Fault | undefined, ReadonlyArray<Fault>] => {
  const at = queue.findIndex((fault) => isFor(fault, target) && isDue(fault))
  return [queue[at], queue.flatMap((fault, index) => (isFor(fault, target) ? rest(fault, index === at) : [fault]))]
}

export const make: Effect.Effect<Faults> = Effect.gen(function* () {
  const queue = yield* Ref.make<ReadonlyArray<Fault>>([])
  const gate = yield* Ref.make(yield* Deferred.make<void>())
  const release = Effect.gen(function* () {
    const opened = yield* Ref.getAndSet(gate, yield* Deferred.make<void>())
    yield* Deferred.succeed(opened, undefined)
  }).pipe(Effect.uninterruptible)
  return {
    order: (fault) => Ref.update(queue, (faults) => [...faults, fault]),
    take: (target) => Ref.modify(queue, (faults) => takeFrom(faults, target)),
    gate: Ref.get(gate),
    release,
    clear: Ref.set(queue, [])
  }
})
