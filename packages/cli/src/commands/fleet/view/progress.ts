/** How far a sweep is, in words and as a bar. */
import type * as Sweep from "@effect-wechat/fleet/Sweep"
import * as Option from "effect/Option"
import type { Say, Text } from "../../../program/language/language.js"
import { paint, type Span } from "../../../program/output/span.js"
import type { FleetProgress } from "../../../program/schema/fleetAnswers.js"

/** What was seen at a moment, in milliseconds. */
interface Sample {
  readonly at: number
  readonly done: number
}

/** How fast a sweep is: over the last samples, so that a pause is soon forgotten. */
export interface Pace {
  readonly samples: ReadonlyArray<Sample>
}

export const start: Pace = { samples: [] }

const samplesKept = 20

export const seen = ({ samples }: Pace, { done }: Sweep.Progress, at: number): Pace => ({
  samples: [...samples, { at, done }].slice(-samplesKept)
})

/** Mini programs a second; none as long as nothing is known. */
const perSecond = ({ samples }: Pace): Option.Option<number> => {
  const [first, last] = [samples.at(0), samples.at(-1)]
  return first === undefined || last === undefined || last.at <= first.at || last.done <= first.done
    ? Option.none()
    : Option.some(((last.done - first.done) * 1000) / (last.at - first.at))
}

export const json = ({ done, failed, sweep }: Sweep.Progress, pace: Pace): FleetProgress => {
  const rate = sweep.state === "running" ? Option.getOrUndefined(perSecond(pace)) : undefined
  const { change, createdAt, endedAt, id, key, kind, state, total } = sweep
  return {
    sweep: id,
    name: key,
    kind,
    ...(change === undefined ? {} : { plugin: change.pluginAppid, dryRun: change.dryRun === true }),
    state,
    total,
    done,
    failed,
    startedAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    perSecond: rate === undefined ? null : Math.round(rate * 10) / 10,
    secondsLeft: rate === undefined ? null : Math.ceil((total - done) / rate)
  }
}

export const number = (value: number): string => value.toLocaleString("en-US")

const time = (seconds: number): Text => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0
    ? { zh: `${hours} 小时 ${minutes} 分钟`, en: `${hours} h ${minutes} min` }
    : minutes > 0
      ? { zh: `${minutes} 分 ${seconds % 60} 秒`, en: `${minutes} min ${seconds % 60} s` }
      : { zh: `${seconds} 秒`, en: `${seconds} s` }
}

const states: { readonly [state in Sweep.SweepState]: Text } = {
  planning: { zh: "准备中", en: "being prepared" },
  running: { zh: "进行中", en: "running" },
  paused: { zh: "已暂停", en: "paused" },
  cancelled: { zh: "已取消", en: "cancelled" },
  done: { zh: "已完成", en: "done" }
}

export const state = (state: Sweep.SweepState, say: Say): string => say(states[state])

/** `420 of 1,000, 3 failed, 84/s, 7 s left` */
export const words = (progress: FleetProgress, say: Say): Span => {
  const { done, failed, perSecond, secondsLeft, total } = progress
  const failures = say({ zh: `${number(failed)} 个失败`, en: `${number(failed)} failed` })
  return [
    say({ zh: `${number(done)} / ${number(total)}`, en: `${number(done)} of ${number(total)}` }),
    say({ zh: "，", en: ", " }),
    failed === 0 ? failures : paint("red", failures),
    progress.state === "running" || progress.state === "done"
      ? ""
      : [say({ zh: "，", en: ", " }), paint("yellow", state(progress.state, say))],
    perSecond === null
      ? ""
      : say({
          zh: `，每秒 ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} 个`,
          en: `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`
        }),
    secondsLeft === null ? "" : say({ zh: `，还需 ${time(secondsLeft).zh}`, en: `, ${time(secondsLeft).en} left` })
  ]
}

const barWidth = 24

export const bar = (progress: FleetProgress, say: Say): Span => {
  const { done, total } = progress
  const filled = total === 0 ? 0 : Math.floor((done / total) * barWidth)
  const percent = total === 0 ? 0 : Math.floor((done / total) * 100)
  return [
    paint("green", "█".repeat(filled)),
    paint("dim", "░".repeat(barWidth - filled)),
    ` ${String(percent).padStart(3)}% `,
    words(progress, say)
  ]
}
