import type { PluginDifference } from "@effect-wechat/fleet/SweepDiff"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Session from "../../program/fleet/session.js"
import type { Target } from "../../program/fleet/target.js"
import type { Say } from "../../program/language/language.js"
import { Screen } from "../../program/output/screen.js"
import type { Span } from "../../program/output/span.js"
import { status } from "../tables/cells.js"
import { findTwo } from "./view/find.js"
import * as Progress from "./view/progress.js"

export interface Options extends Target {
  readonly before: Option.Option<number>
  readonly after: Option.Option<number>
}

export const line = ({ after, appId, before, nickname, pluginAppid }: PluginDifference, say: Say): Span => {
  const name = `${appId}  ${pluginAppid} ${nickname}`
  return after === undefined
    ? `- ${name}`
    : before === undefined
      ? ["+ ", name, ": ", status(after, say)]
      : ["  ", name, ": ", status(before, say), " → ", status(after, say)]
}

export const run = ({ after, before, ...target }: Options) =>
  Effect.gen(function* () {
    const { answerLine, note, say } = yield* Screen
    const reader = yield* Session.openReader(target)
    const [earlier, later] = yield* findTwo(reader, before, after)
    const count = yield* Stream.runFoldEffect(
      reader.stream(({ SweepDiff }) => SweepDiff.diff(earlier.id, later.id)),
      0,
      (count, difference) =>
        Effect.as(
          answerLine(difference, () => [line(difference, say)]),
          count + 1
        )
    )
    yield* note([
      say({
        zh: `从巡检 ${earlier.id} 到 ${later.id}：${Progress.number(count)} 处不同`,
        en: `${Progress.number(count)} ${count === 1 ? "difference" : "differences"} from sweep ${earlier.id} to ${later.id}`
      })
    ])
  }).pipe(Effect.scoped)
