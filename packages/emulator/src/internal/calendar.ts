const beijing = 8 * 3_600_000

/** WeChat counts by Beijing's calendar. */
const text = (now: number): string => new Date(now + beijing).toISOString()

export const minuteOf = (now: number): string => text(now).slice(0, 16)
export const dayOf = (now: number): string => text(now).slice(0, 10)
export const monthOf = (now: number): string => text(now).slice(0, 7)
