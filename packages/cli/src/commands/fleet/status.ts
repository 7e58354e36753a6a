import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Session from "../../program/fleet/session.js"
import type { Target } from "../../program/fleet/target.js"
import { Screen } from "../../program/output/screen.js"
import { omitted, shortened } from "../../program/output/table.js"
import * as Time from "../../program/language/time.js"
import { progressOf } from "./view/follow.js"
import * as Progress from "./view/progress.js"
import * as Summary from "./view/summary.js"

export interface Options extends Target {
  readonly sweep: Option.Option<number>
}

export const run = ({ sweep, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const reader = yield* Session.openReader(target)
    if (Option.isSome(sweep)) {
      const summary = yield* Summary.of(reader, yield* progressOf(reader, sweep.value))
      return yield* answer(summary, () => Summary.blocks(summary, say))
    }
    const sweeps = yield* reader.run(({ Sweep }) => Sweep.list)
    const all = yield* Effect.forEach(sweeps, ({ id }) =>
      Effect.map(progressOf(reader, id), (progress) => Progress.json(progress, Progress.start))
    )
    yield* answer(all, () => [
      {
        head: [
          say({ zh: "巡检", en: "sweep" }),
          say({ zh: "状态", en: "state" }),
          say({ zh: "小程序数", en: "mini programs" }),
          say({ zh: "完成", en: "done" }),
          say({ zh: "失败", en: "failed" }),
          omitted(say({ zh: "开始时间", en: "started" })),
          shortened(say({ zh: "内容", en: "what" }))
        ],
        rows: all.map((progress) => [
          String(progress.sweep),
          Progress.state(progress.state, say),
          Progress.number(progress.total),
          Progress.number(progress.done),
          Progress.number(progress.failed),
          Time.toMinute(progress.startedAt),
          Summary.kind(progress, say)
        ])
      }
    ])
  }).pipe(Effect.scoped)
