/** One sweep after the other, until Ctrl-C. */
import * as Cron from "effect/Cron"
import * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { CliError } from "../../program/failure/errors.js"
import type * as AppIds from "../../program/fleet/appIds.js"
import type { Runner } from "../../program/fleet/session.js"
import { Screen } from "../../program/output/screen.js"
import * as Time from "../../program/language/time.js"
import { follow } from "./view/follow.js"
import { end } from "./view/run.js"

export interface Options {
  readonly every: Option.Option<Duration.Duration>
  readonly cron: Option.Option<string>
}

/** The moment of the next sweep, from the moment of the one before; the first has none before it. */
type Next = (now: DateTime.Utc, before: DateTime.Utc | undefined) => DateTime.Utc

const invalid = new CliError({
  category: "usage",
  text: { zh: "--cron 不是 cron 表达式", en: "--cron is no cron expression" },
  hint: {
    zh: '写成 "0 2 * * *" 这样（本机时区的每天 2 点）。',
    en: 'Write it like "0 2 * * *" (at 2 every night, in the local time zone).'
  }
})

const both = new CliError({
  category: "usage",
  text: { zh: "--every 与 --cron 只能用一个", en: "--every and --cron exclude each other" },
  hint: { zh: "请去掉其中一个。", en: "Remove one of them." }
})

/** When to sweep; nothing for a single sweep. An interval begins now. */
export const parse = ({ cron, every }: Options): Effect.Effect<Option.Option<Next>, CliError> => {
  if (Option.isSome(cron) && Option.isSome(every)) {
    return both
  }
  if (Option.isSome(every)) {
    return Effect.succeedSome((now, before) =>
      before === undefined ? now : DateTime.max(now, DateTime.addDuration(before, every.value))
    )
  }
  return Option.isNone(cron)
    ? Effect.succeedNone
    : Either.match(Cron.parse(cron.value, Intl.DateTimeFormat().resolvedOptions().timeZone), {
        onLeft: () => invalid,
        onRight: (cron) => Effect.succeedSome((now) => DateTime.unsafeFromDate(Cron.next(cron, now)))
      })
}

/** A sweep that is interrupted is not paused: it goes on when the command is started again, as after a reboot. */
export const run = (runner: Runner, next: Next, apps: ReturnType<typeof AppIds.read>) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    const once = (before: DateTime.Utc | undefined) =>
      Effect.gen(function* () {
        const now = yield* DateTime.now
        const moment = next(now, before)
        const time = DateTime.formatIso(moment)
        if (DateTime.greaterThan(moment, now)) {
          yield* note([
            say({ zh: `下一次巡检：${Time.toSecond(moment)}`, en: `the next sweep is at ${Time.toSecond(moment)}` })
          ])
          yield* Effect.sleep(DateTime.distanceDuration(now, moment))
        }
        const sweepId = yield* runner.start({ key: `scheduled ${time}`, apps: yield* apps })
        yield* Effect.raceFirst(runner.wait(sweepId), Effect.zipRight(follow(runner, sweepId), Effect.never))
        // what one sweep found is no reason to end the schedule
        yield* Effect.catchTag(end(runner, sweepId), "Reported", () => Effect.void)
        return moment
      })
    yield* Effect.iterate(undefined as DateTime.Utc | undefined, { while: () => true, body: once })
  })
