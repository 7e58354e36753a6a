import type { Fault } from "../../Fault.js"
import type { Entry } from "../../Journal.js"

/** What a fault can be for. */
export interface Target {
  readonly door: Entry["endpoint"]
  readonly operation?: Entry["operation"]
  readonly action?: unknown
}

const isFor = (fault: Fault, { action, door, operation }: Target): boolean => {
  if (fault._tag === "GatewayError" && door !== "gateway") {
    return false
  }
  const { on } = fault
  return on === undefined
    ? door === "plugin" || door === "gateway"
    : on === "any" || on === door || on === operation || on === action
}

const isDue = ({ nth = 1 }: Fault): boolean => nth <= 1

/** What is left of a fault once a request has come that it is for. */
const rest = (fault: Fault, isTaken: boolean): ReadonlyArray<Fault> => {
  if (!isTaken) {
    return [{ ...fault, nth: (fault.nth ?? 1) - 1 }]
  }
  const left = (fault.times ?? 1) - 1
  return left > 0 ? [{ ...fault, times: left }] : []
}

/** The first fault that is due for this request, and the queue that it leaves: every other one for it counts it. */
export const take = (
  queue: ReadonlyArray<Fault>,
  target: Target
): readonly [Fault | undefined, ReadonlyArray<Fault>] => {
  const at = queue.findIndex((fault) => isFor(fault, target) && isDue(fault))
  return [queue[at], queue.flatMap((fault, index) => (isFor(fault, target) ? rest(fault, index === at) : [fault]))]
}
