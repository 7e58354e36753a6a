/**
 * A fleet's database, and its sweeps. The package brings its own copy of `effect`, so its effects are values here: only its own runtime runs
 * them, and their results come as promises.
 */
import type * as FleetSession from "@effect-wechat/fleet/FleetSession"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { CliError, DatabaseError } from "../failure/errors.js"
import { clean } from "../output/foreign.js"
import * as Streams from "../output/streams.js"
import type { Access } from "./access.js"
import { type FleetModule, load } from "./load.js"
import { existingFile, newFile, type RunnerTarget, sameDatabase, type Target } from "./target.js"

type FleetError = CliError | DatabaseError

type Services = Effect.Effect.Context<Parameters<FleetSession.Session["run"]>[0]>
type Database = Stream.Stream.Context<Parameters<FleetSession.Session["iterate"]>[0]>

/** A database that is open, and what runs the queries of the package's modules. */
export interface Reader {
  readonly run: <A>(query: (fleet: FleetModule) => Effect.Effect<A, unknown, Services>) => Effect.Effect<A, FleetError>
  readonly stream: <A>(
    query: (fleet: FleetModule) => Stream.Stream<A, unknown, Database>
  ) => Stream.Stream<A, FleetError>
}

/** A database whose sweeps run in this process. */
export interface Runner extends Reader {
  readonly start: (options: Parameters<FleetSession.Runner["start"]>[0]) => Effect.Effect<number, FleetError>
  readonly wait: (sweepId: number) => Effect.Effect<void, FleetError>
}

/** What the errors of the package say; any other is a defect. */
const describe = (error: unknown, target: Target): FleetError | undefined => {
  const same = sameDatabase(target)
  const message = Predicate.hasProperty(error, "message") ? clean(String(error.message)) : ""
  const usage = (text: string, zh: string, en: string) =>
    new CliError({ category: "usage", text: { zh: text, en: text }, hint: { zh, en } })
  if (Predicate.isTagged(error, "FleetDatabaseError")) {
    return Predicate.hasProperty(error, "reason") && error.reason === "locked"
      ? new DatabaseError({
          reason: "locked",
          text: { zh: "另一个进程正在执行这个数据库的巡检", en: "another process runs the sweeps of this database" },
          hint: {
            zh: `用 wechat-plugin fleet watch${same} 跟踪它，用 pause 或 cancel 停止它。`,
            en: `Follow it with wechat-plugin fleet watch${same}, or stop it with pause or cancel.`
          }
        })
      : usage(message, "检查 --database。", "Check --database.")
  }
  if (Predicate.isTagged(error, "SweepNotFound") || Predicate.isTagged(error, "SweepNotActive")) {
    return usage(
      message,
      `用 wechat-plugin fleet status${same} 查看所有巡检。`,
      `See wechat-plugin fleet status${same}.`
    )
  }
  if (Predicate.isTagged(error, "WebhookFailed")) {
    return usage(message, "检查 --webhook 的地址与接收程序。", "Check the URL of --webhook, and its receiver.")
  }
  return Predicate.isTagged(error, "SqlError")
    ? new DatabaseError({
        reason: "failed",
        text: { zh: `数据库出错：${causeOf(error)}`, en: `the database failed: ${causeOf(error)}` },
        hint: {
          zh: `已有的结果都在。解决之后执行 wechat-plugin fleet resume${same}。`,
          en: `No result is lost. Fix it, then run wechat-plugin fleet resume${same}.`
        }
      })
    : undefined
}

/** The driver's own message is the cause of the error. */
const causeOf = (error: unknown): string =>
  Predicate.hasProperty(error, "cause") && error.cause instanceof Error ? clean(error.cause.message) : ""

const failed = (target: Target) => (error: unknown) => {
  const described = describe(error, target)
  return described === undefined ? Effect.die(error) : Effect.fail(described)
}

const log = (line: string) => Streams.write("stderr", `${clean(line)}\n`)

const reader = (fleet: FleetModule, session: FleetSession.Session, target: Target): Reader => ({
  run: (query) =>
    Effect.catchAll(
      Effect.tryPromise({ try: () => session.run(query(fleet)), catch: (error) => error }),
      failed(target)
    ),
  stream: (query) =>
    Stream.catchAll(
      Stream.unwrap(Effect.sync(() => Stream.fromAsyncIterable(session.iterate(query(fleet)), (error) => error))),
      (error) => Stream.fromEffect(failed(target)(error))
    )
})

const opened = <S extends FleetSession.Session>(open: () => Promise<S>, target: Target) =>
  Effect.acquireRelease(
    Effect.catchAll(Effect.tryPromise({ try: open, catch: (error) => error }), failed(target)),
    (session) => Effect.promise(() => session.close())
  )

/** Opens the database to read it, and to pause and cancel sweeps. */
export const openReader = (target: Target) =>
  Effect.gen(function* () {
    const file = yield* existingFile(target)
    const fleet = yield* load
    return reader(fleet, yield* opened(() => fleet.FleetSession.openReader({ file, log }), target), target)
  })

/** Opens the database to run its sweeps. */
export const openRunner = (target: RunnerTarget, access: Access) =>
  Effect.gen(function* () {
    const fleet = yield* load
    const file = yield* newFile(target)
    const limits = Option.match(target.rate, {
      onNone: () => ({}),
      onSome: (calls) => ({ limits: { fleet: { calls, per: "1 second" } } }) as const
    })
    const session = yield* opened(() => fleet.FleetSession.openRunner({ ...access, ...limits, file, log }), target)
    const attempt = <A>(run: (signal: AbortSignal) => Promise<A>) =>
      Effect.catchAll(Effect.tryPromise({ try: run, catch: (error) => error }), failed(target))
    const runner: Runner = {
      ...reader(fleet, session, target),
      start: (options) => attempt(() => session.start(options)),
      wait: (sweepId) => Effect.asVoid(attempt((signal) => session.wait(sweepId, signal)))
    }
    return runner
  })
