/** Moments as a reader sees them: in the time zone of the system. JSON has them in UTC. */
import * as DateTime from "effect/DateTime"

const inZone = (moment: DateTime.DateTime.Input): string =>
  DateTime.formatIsoOffset(DateTime.unsafeMakeZoned(moment, { timeZone: DateTime.zoneMakeLocal() }))

/** `2026-12-01 09:26` */
export const toMinute = (moment: DateTime.DateTime.Input): string => inZone(moment).slice(0, 16).replace("T", " ")

/** `2026-12-01 09:26:08` */
export const toSecond = (moment: DateTime.DateTime.Input): string => inZone(moment).slice(0, 19).replace("T", " ")

/** `09:26:08.930` */
export const clock = (moment: DateTime.DateTime.Input): string => inZone(moment).slice(11, 23)
