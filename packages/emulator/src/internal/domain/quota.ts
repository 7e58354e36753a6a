import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import type { Operation } from "../../Journal.js"

/** The limits of one operation for one mini program. */
export interface Limits {
  readonly perMinute?: number
  readonly perDay?: number
  readonly perMonth?: number
}

/** What a quota counts. `force_refresh` has a quota of its own. */
export type Counted = Operation | "forceRefresh"

/** The quotas that WeChat documents. */
export const documented: Partial<Record<Counted, Limits>> = {
  getStableAccessToken: { perMinute: 10_000, perDay: 500_000 },
  forceRefresh: { perDay: 20 },
  getAccessToken: { perDay: 2000 },
  clearQuota: { perMonth: 10 }
}

const beijing = 8 * 3_600_000

/** The time in Beijing, whose calendar WeChat counts by. */
const beijingTime = (now: number): string => new Date(now + beijing).toISOString()

const minuteOf = (now: number): string => beijingTime(now).slice(0, 16)
const dayOf = (now: number): string => beijingTime(now).slice(0, 10)
const monthOf = (now: number): string => beijingTime(now).slice(0, 7)

const periods = [
  { name: "perMinute", errcode: 45011, of: minuteOf },
  { name: "perDay", errcode: 45009, of: dayOf },
  { name: "perMonth", errcode: 48006, of: monthOf }
] as const

interface Count {
  readonly operation: Counted
  readonly period: (typeof periods)[number]["name"]
  readonly at: string
  readonly calls: number
}

/** The counts of each mini program, by its appid. */
export type Usage = HashMap.HashMap<string, ReadonlyArray<Count>>

export const unused: Usage = HashMap.empty()

const countsOf = (usage: Usage, appid: string): ReadonlyArray<Count> =>
  Option.getOrElse(HashMap.get(usage, appid), () => [])

/** Counts one call. If the call exceeds a limit it returns the errcode and counts nothing. */
export const spend = (
  usage: Usage,
  appid: string,
  operation: Counted,
  limits: Limits,
  now: number
): readonly [errcode: number | undefined, usage: Usage] => {
  const counts = countsOf(usage, appid)
  const isSame = (count: Count) => count.operation === operation
  const mine = periods.flatMap(({ errcode, name, of }) => {
    const limit = limits[name]
    const at = of(now)
    const calls = counts.find((count) => isSame(count) && count.period === name && count.at === at)?.calls ?? 0
    return limit === undefined ? [] : [{ count: { operation, period: name, at, calls: calls + 1 }, errcode, limit }]
  })
  const exceeded = mine.find(({ count, limit }) => count.calls > limit)
  return exceeded === undefined
    ? [
        undefined,
        HashMap.set(usage, appid, [...counts.filter((count) => !isSame(count)), ...mine.map(({ count }) => count)])
      ]
    : [exceeded.errcode, usage]
}

/** The day's count of the operation with the fewest calls left; zeros if none has a daily limit. */
export const today = (
  usage: Usage,
  appid: string,
  operations: ReadonlyArray<readonly [operation: Counted, limits: Limits]>,
  now: number
): { readonly daily_limit: number; readonly used: number; readonly remain: number } =>
  operations
    .flatMap(([operation, { perDay }]) => {
      const used =
        countsOf(usage, appid).find(
          (count) => count.operation === operation && count.period === "perDay" && count.at === dayOf(now)
        )?.calls ?? 0
      return perDay === undefined ? [] : [{ daily_limit: perDay, used, remain: perDay - used }]
    })
    .sort((a, b) => a.remain - b.remain)[0] ?? { daily_limit: 0, used: 0, remain: 0 }

/** Removes the counts of the day, as `clear_quota` does. */
export const clear = (usage: Usage, appid: string): Usage =>
  HashMap.set(
    usage,
    appid,
    countsOf(usage, appid).filter(({ period }) => period !== "perDay")
  )
