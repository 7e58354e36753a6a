import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { openFile } from "../../program/fleet/files.js"
import * as Session from "../../program/fleet/session.js"
import type { Target } from "../../program/fleet/target.js"
import { Screen } from "../../program/output/screen.js"
import { find } from "./view/find.js"

export interface Options extends Target {
  readonly sweep: Option.Option<number>
  readonly output: Option.Option<string>
}

export const run = ({ output, sweep, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, invocation, say } = yield* Screen
    const reader = yield* Session.openReader(target)
    const { id } = yield* find(reader, sweep)
    const file = Option.getOrElse(output, () => `fleet-${id}.html`)
    const html = reader.stream(({ SweepReport }) => SweepReport.html(id, { language: invocation.language }))
    yield* Stream.runForEach(html, yield* openFile(file))
    yield* answer({ sweep: id, file }, () => [
      say({ zh: `巡检 ${id} 的报告已写入 ${file}。`, en: `The report of sweep ${id} is in ${file}.` })
    ])
  }).pipe(Effect.scoped)
