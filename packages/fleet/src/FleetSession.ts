/**
 * A fleet for programs that cannot share Effect's services with it: promises instead of effects at the edge, for a command that brings its own
 * copy of `effect`, or a program without Effect.
 *
 * @since 0.1.0
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as SqlClient from "@effect/sql/SqlClient"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Stream from "effect/Stream"
import type { Change } from "./Change.js"
import * as Fleet from "./Fleet.js"
import * as FleetDatabase from "./FleetDatabase.js"
import { type Credentials, miniPrograms } from "./internal/session/miniPrograms.js"
import type { Progress, SweepId } from "./Sweep.js"

export type {
  /**
   * Where the secrets of the mini programs come from. A promise that fails is an error of that mini program, category `credential`.
   *
   * @since 0.1.0
   * @category models
   */
  Credentials,
  /**
   * @since 0.1.0
   * @category models
   */
  OwnCredentials,
  /**
   * @since 0.1.0
   * @category models
   */
  PlatformCredentials
} from "./internal/session/miniPrograms.js"

/**
 * The database of a fleet. Errors reject with the error itself, such as a `SweepNotFound`.
 *
 * @since 0.1.0
 * @category models
 */
export interface Session {
  /** runs a query or an operation of `Sweep`, `Results` or another module */
  readonly run: <A>(effect: Effect.Effect<A, unknown, SqlClient.SqlClient | HttpClient.HttpClient>) => Promise<A>
  /** reads a stream of `Results`, `SweepDiff` or another module; leave the loop early to stop reading */
  readonly iterate: <A>(stream: Stream.Stream<A, unknown, SqlClient.SqlClient>) => AsyncIterable<A>
  /** what is under way is stopped, and goes on when the file is opened again */
  readonly close: () => Promise<void>
}

/**
 * A fleet whose sweeps run in this process.
 *
 * @since 0.1.0
 * @category models
 */
export interface Runner extends Session {
  /** as `Fleet.start` */
  readonly start: (options: {
    readonly key: string
    readonly apps: Iterable<string>
    readonly change?: Change | undefined
  }) => Promise<SweepId>
  /** as `Fleet.wait`; the signal stops the waiting, not the sweep */
  readonly wait: (sweepId: SweepId, signal?: AbortSignal) => Promise<Progress>
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends FleetDatabase.LibsqlOptions {
  /** gets each line of the log, from warnings upwards; by default they go to stderr */
  readonly log?: ((line: string) => void) | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface RunnerOptions extends Options, Fleet.Options {
  readonly credentials: Credentials
  /** instead of `https://api.weixin.qq.com` */
  readonly baseUrl?: string | URL | undefined
}

const logger = (log: (line: string) => void = (line) => process.stderr.write(`${line}\n`)) =>
  Layer.merge(
    Logger.replace(
      Logger.defaultLogger,
      Logger.make((options) => log(Logger.logfmtLogger.log(options)))
    ),
    Logger.minimumLogLevel(LogLevel.Warning)
  )

const valueOf = <A, E>(exit: Exit.Exit<A, E>): A => {
  if (Exit.isFailure(exit)) {
    throw Cause.squash(exit.cause)
  }
  return exit.value
}

const make = async <R, E>(layer: Layer.Layer<R | SqlClient.SqlClient, E>, log: Options["log"]) => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(layer, FetchHttpClient.layer).pipe(Layer.provideMerge(logger(log)))
  )
  const run = <A>(
    effect: Effect.Effect<A, unknown, R | SqlClient.SqlClient | HttpClient.HttpClient>,
    signal?: AbortSignal
  ) => runtime.runPromiseExit(effect, signal === undefined ? {} : { signal }).then(valueOf)
  try {
    await run(Effect.void)
  } catch (error) {
    await runtime.dispose()
    throw error
  }
  const services = await runtime.runtime()
  const iterate: Session["iterate"] = (stream) => Stream.toAsyncIterableRuntime(stream, services)
  return { run, iterate, close: () => runtime.dispose() }
}

/**
 * Opens a libsql file to read it, and to pause, resume and cancel its sweeps. Rejects with `FleetDatabaseError`.
 *
 * @since 0.1.0
 * @category constructors
 */
export const openReader = ({ file, log }: Options): Promise<Session> => make(FleetDatabase.layerLibsql({ file }), log)

/**
 * Opens a libsql file and runs its sweeps in this process, those included that another process left unfinished. Rejects with
 * `FleetDatabaseError` or `InvalidOptions`.
 *
 * @since 0.1.0
 * @category constructors
 */
export const openRunner = async ({ baseUrl, credentials, log, ...options }: RunnerOptions): Promise<Runner> => {
  const { run, ...session } = await make(
    Layer.provide(Fleet.layerLibsql(options), miniPrograms(credentials, baseUrl)),
    log
  )
  return {
    ...session,
    run,
    start: ({ apps, change, key }) =>
      run(Effect.flatMap(Fleet.Fleet, (fleet) => fleet.start({ key, apps: Stream.fromIterable(apps), change }))),
    wait: (sweepId, signal) =>
      run(
        Effect.flatMap(Fleet.Fleet, (fleet) => fleet.wait(sweepId)),
        signal
      )
  }
}
