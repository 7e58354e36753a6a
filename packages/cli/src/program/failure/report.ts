import * as ValidationError from "@effect/cli/ValidationError"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { Screen } from "../output/screen.js"
import { paint } from "../output/span.js"
import { Cancelled, Reported } from "./errors.js"
import { exitCodes } from "./exitCodes.js"
import * as Failure from "./failure.js"

const details = (failure: Failure.Failure, cause: Cause.Cause<unknown>): ReadonlyArray<string> => [
  ...Object.entries({ tag: failure.tag, ...failure.fields, exitCode: failure.exitCode })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${String(value)}`),
  // the stack of a defect shows where this program is wrong
  ...(Cause.isDie(cause) ? Cause.pretty(cause).split("\n") : [])
]

/** Shows why the command failed, and returns the exit code. */
export const report = (screen: Screen.Service, cause: Cause.Cause<unknown>): Effect.Effect<number> => {
  if (Cause.isInterruptedOnly(cause)) {
    return Effect.interrupt
  }
  const error = Option.getOrElse(Cause.failureOption(cause), () => Cause.squash(cause))
  if (ValidationError.isValidationError(error) && ValidationError.isHelpRequested(error)) {
    return Effect.succeed(exitCodes.ok)
  }
  if (error instanceof Reported) {
    return Effect.succeed(error.exitCode)
  }
  // Ctrl-C at a question
  const isInterrupted = Predicate.isTagged(error, "QuitException")
  if (isInterrupted || error instanceof Cancelled) {
    const text = screen.say({ zh: "已取消，未做任何更改。", en: "Cancelled. Nothing was changed." })
    return Effect.as(screen.note([text]), isInterrupted ? exitCodes.interrupted : exitCodes.usage)
  }
  const failure = Failure.of(error)
  return Effect.gen(function* () {
    yield* screen.invocation.json ? screen.answerLine(Failure.toJson(failure, screen.say), () => []) : Effect.void
    const title = screen.say({ zh: "错误：", en: "error: " })
    yield* screen.note([[paint("red", title), Failure.line(failure, screen.say)]])
    yield* Effect.when(screen.note(details(failure, cause)), () => screen.invocation.verbose)
    return failure.exitCode
  })
}
