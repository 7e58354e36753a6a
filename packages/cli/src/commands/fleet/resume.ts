import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { DatabaseError } from "../../program/failure/errors.js"
import * as Access from "../../program/fleet/access.js"
import * as Session from "../../program/fleet/session.js"
import type { RunnerTarget } from "../../program/fleet/target.js"
import { Screen } from "../../program/output/screen.js"
import { findUnfinished } from "./view/find.js"
import { follow } from "./view/follow.js"
import { end, show } from "./view/run.js"

export interface Options extends RunnerTarget {
  readonly sweep: Option.Option<number>
}

/** The mini programs of the emulator are those that the sweep was started with. */
const accessOf = ({ emulator }: Options, total: number, isUpdate: boolean) =>
  emulator
    ? Effect.flatMap(
        Effect.promise(() => import("../../program/fleet/emulated.js")),
        ({ start }) => start(total, isUpdate)
      )
    : Access.configured

export const run = (options: Options) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    const reader = yield* Session.openReader(options)
    const { id, kind, total } = yield* findUnfinished(reader, options.sweep)
    yield* reader.run(({ Sweep }) => Sweep.resume(id))
    const access = yield* accessOf(options, total, kind === "update")
    const runner = yield* Effect.catchIf(
      Session.openRunner(options, access),
      (error) => error instanceof DatabaseError && error.reason === "locked",
      () => Effect.succeed(undefined)
    )
    if (runner !== undefined) {
      return yield* show(runner, id, options)
    }
    yield* note([
      say({
        zh: `巡检 ${id} 由另一个进程继续。按 Ctrl-C 只结束显示。`,
        en: `Sweep ${id} goes on in another process. Ctrl-C ends only this display.`
      })
    ])
    yield* follow(reader, id)
    yield* end(reader, id)
  }).pipe(Effect.scoped)
