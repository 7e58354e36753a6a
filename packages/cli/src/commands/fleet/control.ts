import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Session from "../../program/fleet/session.js"
import { sameDatabase, type Target } from "../../program/fleet/target.js"
import { Screen } from "../../program/output/screen.js"
import { findUnfinished } from "./view/find.js"
import { progressOf } from "./view/follow.js"
import * as Progress from "./view/progress.js"

export interface Options extends Target {
  readonly sweep: Option.Option<number>
}

const control = (action: "pause" | "cancel", { sweep, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const reader = yield* Session.openReader(target)
    const { id } = yield* findUnfinished(reader, sweep)
    yield* reader.run(({ Sweep }) => Sweep[action](id))
    const progress = Progress.json(yield* progressOf(reader, id), Progress.start)
    yield* answer(progress, () => [
      [
        say({ zh: `巡检 ${id}：`, en: `Sweep ${id}: ` }),
        Progress.words(progress, say),
        action === "pause"
          ? say({
              zh: `。继续：wechat-plugin fleet resume ${id}${sameDatabase(target)}`,
              en: `. Go on with: wechat-plugin fleet resume ${id}${sameDatabase(target)}`
            })
          : ""
      ]
    ])
  }).pipe(Effect.scoped)

export const pause = (options: Options) => control("pause", options)

export const cancel = (options: Options) => control("cancel", options)
