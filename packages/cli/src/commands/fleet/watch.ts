import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Session from "../../program/fleet/session.js"
import type { Target } from "../../program/fleet/target.js"
import { find } from "./view/find.js"
import { follow } from "./view/follow.js"
import { end } from "./view/run.js"

export interface Options extends Target {
  readonly sweep: Option.Option<number>
}

export const run = ({ sweep, ...target }: Options) =>
  Effect.gen(function* () {
    const reader = yield* Session.openReader(target)
    const { id } = yield* find(reader, sweep)
    yield* follow(reader, id)
    yield* end(reader, id)
  }).pipe(Effect.scoped)
