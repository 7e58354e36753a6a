import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Session from "../../program/fleet/session.js"
import type { Target } from "../../program/fleet/target.js"
import * as Changes from "./changes.js"
import { find } from "./view/find.js"
import { follow } from "./view/follow.js"
import { end } from "./view/run.js"

export interface Options extends Target {
  readonly sweep: Option.Option<number>
  readonly changes: boolean
  readonly webhook: Option.Option<string>
}

export const run = ({ changes, sweep, webhook, ...target }: Options) =>
  Effect.gen(function* () {
    const reader = yield* Session.openReader(target)
    if (changes || Option.isSome(webhook)) {
      return yield* Changes.changes(reader, webhook)
    }
    const { id } = yield* find(reader, sweep)
    yield* follow(reader, id)
    yield* end(reader, id)
  }).pipe(Effect.scoped)
