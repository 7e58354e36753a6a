import { NodeSdk } from "@effect/opentelemetry"
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs"
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Cause, Effect, Exit, Logger, LogLevel } from "effect"
import { prints } from "../world.js"

/** What came out of an effect: how it ended, and all that its errors, spans and logs show. */
export interface Outcome<A, E> {
  readonly exit: Exit.Exit<A, E>
  readonly spanNames: ReadonlyArray<string>
  readonly logCount: number
  readonly text: string
}

/** JSON in JSON doubles the backslashes of an escaped character. */
const withSingleBackslashes = (text: string) => text.replace(/\\+/g, "\\")

const errorsOf = <E>(cause: Cause.Cause<E>) => [
  Cause.pretty(cause, { renderErrorCause: true }),
  ...prints(cause),
  ...[...Cause.failures(cause), ...Cause.defects(cause)].flatMap(prints)
]

/** Runs an effect with the exporters of OpenTelemetry, and keeps what they are given. */
export const observe = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<Outcome<A, E>, never, R> =>
  Effect.gen(function* () {
    const spans = new InMemorySpanExporter()
    const logs = new InMemoryLogRecordExporter()
    const Telemetry = NodeSdk.layer(() => ({
      resource: { serviceName: "secrets" },
      spanProcessor: new SimpleSpanProcessor(spans),
      logRecordProcessor: new SimpleLogRecordProcessor({ exporter: logs })
    }))
    return yield* Effect.gen(function* () {
      const exit = yield* effect.pipe(
        Effect.tapErrorCause((cause) => Effect.logError("the call failed", cause)),
        Effect.withSpan("caller"),
        Effect.exit
      )
      yield* Effect.logDebug("the call has ended", exit)
      const exported = spans
        .getFinishedSpans()
        .map(({ attributes, events, kind, links, name, resource, status }) =>
          JSON.stringify({ name, kind, attributes, status, events, links, resource: resource.attributes })
        )
      const logged = logs
        .getFinishedLogRecords()
        .map(({ attributes, body, severityText }) => JSON.stringify({ attributes, body, severityText }))
      return {
        exit,
        spanNames: spans.getFinishedSpans().map(({ name }) => name),
        logCount: logged.length,
        text: withSingleBackslashes(
          [...exported, ...logged, ...(Exit.isSuccess(exit) ? prints(exit.value) : errorsOf(exit.cause))].join("\n")
        )
      }
    }).pipe(
      Effect.provide(Telemetry),
      Effect.provide(Logger.remove(Logger.defaultLogger)),
      Logger.withMinimumLogLevel(LogLevel.All)
    )
  })
