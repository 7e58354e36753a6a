/** Shows how far a sweep is: a bar on a terminal, a line now and then elsewhere, JSON Lines with `--json`. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import type { Reader } from "../../../program/fleet/session.js"
import { Screen } from "../../../program/output/screen.js"
import * as Progress from "./progress.js"

export const progressOf = ({ run }: Reader, sweepId: number) => run(({ Sweep }) => Sweep.progress(sweepId))

/** Until the sweep has ended. */
export const follow = (reader: Reader, sweepId: number) =>
  Effect.gen(function* () {
    const { answerLine, canDraw, draw, invocation, note, say } = yield* Screen
    const pace = yield* Ref.make(Progress.start)
    const last = yield* Ref.make("")
    const look = Effect.gen(function* () {
      const progress = yield* progressOf(reader, sweepId)
      const now = yield* Clock.currentTimeMillis
      const json = Progress.json(progress, yield* Ref.updateAndGet(pace, (pace) => Progress.seen(pace, progress, now)))
      if (progress.sweep.endedAt !== undefined) {
        return true
      }
      if (canDraw) {
        yield* draw(Progress.bar(json, say))
      } else if (`${json.done} ${json.state}` !== (yield* Ref.getAndSet(last, `${json.done} ${json.state}`))) {
        yield* invocation.json
          ? answerLine(json, () => [])
          : note([[say({ zh: `巡检 ${sweepId}：`, en: `sweep ${sweepId}: ` }), Progress.words(json, say)]])
      }
      return false
    })
    const interval = canDraw ? "250 millis" : invocation.json ? "1 second" : "5 seconds"
    yield* Effect.repeat(look, { schedule: Schedule.spaced(interval), until: (hasEnded) => hasEnded })
  }).pipe(Effect.ensuring(Effect.flatMap(Screen, ({ canDraw, draw }) => Effect.when(draw(), () => canDraw))))
