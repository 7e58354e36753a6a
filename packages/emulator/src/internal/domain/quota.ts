import type { Quota } from "../../Emulator.js"
import type { Operation } from "../../Journal.js"
import * as Calendar from "../calendar.js"

/** What the documents name; nobody has published the others. */
export const documented: Partial<Record<Counted, Quota>> = {
  getStableAccessToken: { perMinute: 10_000, perDay: 500_000 },
  forceRefresh: { perDay: 20 },
  getAccessToken: { perDay: 2000 },
  clearQuota: { perMonth: 10 }
}

/** `force_refresh` has a number of its own. */
export type Counted = Operation | "forceRefresh"

const periods = [
  { name: "perMinute", errcode: 45011, of: Calendar.minuteOf },
  { name: "perDay", errcode: 45009, of: Calendar.dayOf },
  { name: "perMonth", errcode: 48006, of: Calendar.monthOf }
] as const

interface Count {
  readonly appid: string
  readonly operation: Counted
  readonly period: (typeof periods)[number]["name"]
  readonly at: string
  readonly calls: number
}

export type Usage = ReadonlyArray<Count>

/** Counts one call, unless that is one too many: then it is the errcode that says so. */
export const spend = (
  usage: Usage,
  appid: string,
  operation: Counted,
  quota: Quota,
  now: number
): readonly [errcode: number | undefined, usage: Usage] => {
  const isSame = (count: Count) => count.appid === appid && count.operation === operation
  const mine = periods.flatMap(({ errcode, name, of }) => {
    const limit = quota[name]
    const at = of(now)
    const calls = usage.find((count) => isSame(count) && count.period === name && count.at === at)?.calls ?? 0
    return limit === undefined
      ? []
      : [{ count: { appid, operation, period: name, at, calls: calls + 1 }, errcode, limit }]
  })
  const exceeded = mine.find(({ count, limit }) => count.calls > limit)
  return exceeded === undefined
    ? [undefined, [...usage.filter((count) => !isSame(count)), ...mine.map(({ count }) => count)]]
    : [exceeded.errcode, usage]
}

/** The day so far of the operation that comes first to its end; zeros where none of them has one. */
export const today = (
  usage: Usage,
  appid: string,
  operations: ReadonlyArray<readonly [operation: Counted, quota: Quota]>,
  now: number
): { readonly daily_limit: number; readonly used: number; readonly remain: number } =>
  operations
    .flatMap(([operation, { perDay }]) => {
      const used =
        usage.find(
          (count) =>
            count.appid === appid &&
            count.operation === operation &&
            count.period === "perDay" &&
            count.at === Calendar.dayOf(now)
        )?.calls ?? 0
      return perDay === undefined ? [] : [{ daily_limit: perDay, used, remain: perDay - used }]
    })
    .sort((a, b) => a.remain - b.remain)[0] ?? { daily_limit: 0, used: 0, remain: 0 }

/** What `clear_quota` does: the day begins anew. */
export const clear = (usage: Usage, appid: string): Usage =>
  usage.filter((count) => count.appid !== appid || count.period !== "perDay")
