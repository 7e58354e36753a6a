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
  readonly format: "jsonl" | "csv"
  readonly output: Option.Option<string>
}

export const run = ({ format, output, sweep, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say, writeJson, writeText } = yield* Screen
    const reader = yield* Session.openReader(target)
    const { id } = yield* find(reader, sweep)
    const text = reader.stream(({ SweepExport }) =>
      format === "csv" ? SweepExport.csv(id) : SweepExport.jsonLines(id)
    )
    if (Option.isNone(output)) {
      return yield* Stream.runForEach(text, format === "csv" ? writeText : writeJson)
    }
    const file = output.value
    yield* Stream.runForEach(text, yield* openFile(file))
    yield* answer({ sweep: id, file }, () => [
      say({ zh: `巡检 ${id} 的结果已写入 ${file}。`, en: `The results of sweep ${id} are in ${file}.` })
    ])
  }).pipe(Effect.scoped)
