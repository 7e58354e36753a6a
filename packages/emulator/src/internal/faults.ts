import type { Fault } from "../Fault.js"
import type { Entry } from "../Journal.js"

type Door = Entry["endpoint"]

const isFor = (fault: Fault, door: Door): boolean => {
  if (fault._tag === "GatewayError") {
    return door === "gateway"
  }
  if (fault.on === undefined) {
    return door === "plugin" || door === "gateway"
  }
  return fault.on === "any" || fault.on === door
}

/** The first fault that is for this door, and the queue that it leaves. */
export const take = (queue: ReadonlyArray<Fault>, door: Door): readonly [Fault | undefined, ReadonlyArray<Fault>] => {
  const at = queue.findIndex((fault) => isFor(fault, door))
  const fault = queue[at]
  if (fault === undefined) {
    return [undefined, queue]
  }
  const left = (fault.times ?? 1) - 1
  return [fault, [...queue.slice(0, at), ...(left > 0 ? [{ ...fault, times: left }] : []), ...queue.slice(at + 1)]]
}
