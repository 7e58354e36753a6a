/** Runs a sweep in this process, and shows it until it has ended. */
import * as Effect from "effect/Effect"
import type { Runner } from "../../../program/fleet/session.js"
import { sameDatabase, type Target } from "../../../program/fleet/target.js"
import { Screen } from "../../../program/output/screen.js"
import { follow, progressOf } from "./follow.js"
import * as Progress from "./progress.js"
import * as Summary from "./summary.js"

/** Pauses the sweep, and says how to go on. */
const stop = (runner: Runner, sweepId: number, target: Target) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    yield* runner.run(({ Sweep }) => Sweep.pause(sweepId))
    const { done, sweep } = yield* progressOf(runner, sweepId)
    const command = `wechat-plugin fleet resume ${sweepId}${sameDatabase(target)}`
    yield* note([
      say({
        zh: `已暂停：${Progress.number(done)} / ${Progress.number(sweep.total)}。继续：${command}`,
        en: `Paused at ${Progress.number(done)} of ${Progress.number(sweep.total)}. Go on with: ${command}`
      })
    ])
  }).pipe(Effect.ignore)

export const show = (runner: Runner, sweepId: number, target: Target) =>
  Effect.gen(function* () {
    yield* Effect.raceFirst(runner.wait(sweepId), Effect.zipRight(follow(runner, sweepId), Effect.never)).pipe(
      Effect.onInterrupt(() => stop(runner, sweepId, target))
    )
    yield* end(runner, sweepId)
  })

/** Shows what a sweep that has ended has found. */
export const end = (reader: Parameters<typeof Summary.of>[0], sweepId: number) =>
  Effect.gen(function* () {
    const { answerLine, say } = yield* Screen
    const summary = yield* Summary.of(reader, yield* progressOf(reader, sweepId))
    yield* answerLine(summary, () => Summary.blocks(summary, say))
    yield* Summary.exitCode(summary)
  })
