/** The sweep that a command is about. */
import type * as Sweep from "@effect-wechat/fleet/Sweep"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../../../program/failure/errors.js"
import type { Reader } from "../../../program/fleet/session.js"
import type { Text } from "../../../program/language/language.js"

const none = (text: Text) =>
  new CliError({
    category: "usage",
    text,
    hint: { zh: "用 wechat-plugin fleet status 查看所有巡检。", en: "See wechat-plugin fleet status." }
  })

/** The one that is named, or else the newest of those that may be meant. */
export const find = (
  { run }: Reader,
  named: Option.Option<number>,
  isMeant: (sweep: Sweep.Sweep) => boolean = () => true,
  missing: Text = { zh: "还没有巡检", en: "there is no sweep yet" }
) =>
  Option.isSome(named)
    ? run(({ Sweep }) => Sweep.get(named.value))
    : Effect.flatMap(
        run(({ Sweep }) => Sweep.list),
        (sweeps) => Effect.orElseFail(Effect.fromNullable(sweeps.find(isMeant)), () => none(missing))
      )

/** The one that is named, or else the newest that has not ended. */
export const findUnfinished = (reader: Reader, named: Option.Option<number>) =>
  find(reader, named, ({ state }) => state === "running" || state === "paused", {
    zh: "没有未结束的巡检",
    en: "every sweep has ended"
  })

/** The two that are compared: those that are named, or else the last lists that are done. */
export const findTwo = (reader: Reader, before: Option.Option<number>, after: Option.Option<number>) =>
  Effect.gen(function* () {
    const isList = ({ kind, state }: Sweep.Sweep) => kind === "list" && state === "done"
    const missing = { zh: "完成的巡检不足两次", en: "fewer than two lists are done" }
    const later = yield* find(reader, after, isList, missing)
    const earlier = yield* find(reader, before, (sweep) => isList(sweep) && sweep.id < later.id, missing)
    return [earlier, later] as const
  })
