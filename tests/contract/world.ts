import { Emulator } from "@effect-wechat/emulator"
import { assert } from "@effect/vitest"
import { Cause, Effect, Exit, Logger, LogLevel, Option, Redacted } from "effect"
import { inspect } from "node:util"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import type { Subject } from "./subjects.js"

const secretsOf = Effect.gen(function* () {
  const emulator = yield* Emulator.Emulator
  const { miniPrograms, components } = yield* emulator.world
  const credentials = (yield* emulator.journal).flatMap(({ credential }) => (credential ? [credential.value] : []))
  const all = [
    emulator.appSecret,
    emulator.secretKey,
    ...miniPrograms.map(({ appSecret }) => appSecret),
    ...components.flatMap(({ appSecret, authorizations, verifyTicket }) => [
      appSecret,
      verifyTicket,
      ...authorizations.map(({ refreshToken }) => refreshToken)
    ]),
    yield* emulator.cloudbaseToken,
    yield* emulator.issueToken,
    ...credentials
  ]
  return all.map(Redacted.value).filter((secret) => secret !== "")
})

/** every form in which a value gets printed */
export const prints = (value: unknown): ReadonlyArray<string> => [
  String(value),
  JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part)) ?? "",
  inspect(value, { depth: Infinity, showHidden: true }),
  ...(value instanceof Error ? [value.message, value.stack ?? ""] : [])
]

/**
 * Runs an effect and looks for every secret of this world in all that comes out of it: value, error, cause, spans, logs.
 */
export const observe = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<Exit.Exit<A, E>, never, R | Emulator.Emulator> =>
  Effect.gen(function* () {
    const logs: Array<string> = []
    const logger = Logger.make((options) => {
      logs.push(Logger.stringLogger.log(options), Logger.jsonLogger.log(options))
    })
    const { exit, spans } = yield* effect.pipe(
      Effect.tapErrorCause((cause) => Effect.logError("failed", cause)),
      recordSpans,
      Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
      Logger.withMinimumLogLevel(LogLevel.All)
    )
    const printed = [
      ...logs,
      ...spans.flatMap(({ attributes, name, status }) => prints({ name, attributes: [...attributes], status })),
      ...(Exit.isSuccess(exit)
        ? prints(exit.value)
        : [
            Cause.pretty(exit.cause, { renderErrorCause: true }),
            ...prints(exit.cause),
            ...[...Cause.failures(exit.cause), ...Cause.defects(exit.cause)].flatMap(prints)
          ])
    ].join("\n")
    assert.isNotEmpty(spans, "the search must see the spans")
    for (const secret of yield* secretsOf) {
      assert.isFalse(printed.includes(secret), `a secret shows in:\n${printed}`)
    }
    return exit
  })

/** The failure of a cause without a defect and without an interruption. */
export const onlyFailure = <E>(cause: Cause.Cause<E>): Option.Option<E> =>
  Cause.isDie(cause) || Cause.isInterrupted(cause) ? Option.none() : Cause.failureOption(cause)

/** The failure of an effect that must fail as expected: no defect, no interruption. */
export const failureOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(observe(effect), (exit) => {
    const failure = Exit.isFailure(exit) ? onlyFailure(exit.cause) : Option.none()
    return Option.isSome(failure)
      ? Effect.succeed(failure.value)
      : Effect.dieMessage(`expected a failure, but got ${inspect(exit, { depth: 5 })}`)
  })

/** The value of an effect that must succeed. */
export const valueOf = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.flatten(observe(effect))

/** The emulator's door that a transport's calls come through. */
export const door = ({ kind }: Subject) => (kind === "https" ? "plugin" : "gateway")
