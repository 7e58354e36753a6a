import { Effect, type Exit, Tracer } from "effect"

/** Runs an effect, and keeps every span that is made meanwhile. */
export const recordSpans = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<{ readonly exit: Exit.Exit<A, E>; readonly spans: ReadonlyArray<Tracer.Span> }, never, R> =>
  Effect.gen(function* () {
    const spans: Array<Tracer.Span> = []
    const native = yield* Effect.tracer
    const tracer = Tracer.make({
      context: native.context,
      span: (...args) => {
        const span = native.span(...args)
        spans.push(span)
        return span
      }
    })
    const exit = yield* effect.pipe(Effect.exit, Effect.withTracer(tracer))
    return { exit, spans }
  })
