import { Emulator, type Fault } from "@effect-wechat/emulator"
import { redisServer } from "@effect-wechat/test-support/redisServer"
import { assert, it } from "@effect/vitest"
import { Effect, Redacted, type Scope } from "effect"
import { Redis } from "ioredis"
import { appendFileSync } from "node:fs"
import { advance, allFail, countsOf, forget, type Machine, settle, start } from "./machines.js"

/** One row of the table that run.mjs prints. */
interface Row {
  readonly scenario: string
  readonly calls: number
  /** calls that failed although WeChat had a valid token for whoever asked */
  readonly failed: number
  readonly deaths: number
  readonly forced: number
  readonly normal: number
  /** token requests a second while WeChat refuses them */
  readonly perSecond?: number
  /** the longest time without an answer to a caller, in milliseconds */
  readonly longest: number
  /** whether all machines list again at the end */
  readonly isWell: boolean
}

const isForced = ({ body }: { readonly body?: unknown }) =>
  (body as { readonly force_refresh?: boolean } | undefined)?.force_refresh === true

/** WeChat forces none within 30 seconds of another; in milliseconds. */
export const moreThanHalfAMinute = 31_000

/** What a scenario is given: the emulator, a Redis, and the machines of one app over both. */
const make = (title: string, options: Options) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const redis = yield* redisServer
    const client = yield* Effect.acquireRelease(
      Effect.sync(() => new Redis(redis.url).on("error", () => {})),
      (client) => Effect.sync(() => client.disconnect())
    )
    const startMachine = (ahead = 0) =>
      start({
        WECHAT_APPID: emulator.appId,
        WECHAT_SECRET: Redacted.value(emulator.appSecret),
        WECHAT_BASE_URL: emulator.url.href,
        REDIS_URL: redis.url,
        TIMEOUT: options.timeout ?? "10 seconds",
        AHEAD: String(ahead)
      })
    const machines: ReadonlyArray<Machine> = yield* Effect.forEach(options.ahead ?? [0, 0, 0, 0], startMachine)

    const tokenRequests = Effect.map(emulator.journal, (journal) =>
      journal.filter(({ endpoint }) => endpoint === "token")
    )

    let seen = 0
    let deaths = 0
    let perSecond: number | undefined

    const die = (how?: Emulator.ExpireTokensOptions) => {
      deaths += 1
      return emulator.expireTokens(how)
    }

    /** Redis has a clock that nobody can move: what it keeps gets so much less time to live. */
    const age = (millis: number) =>
      Effect.promise(async () => {
        for (const key of await client.keys("*")) {
          const left = await client.pttl(key)
          await (left < 0 ? undefined : client.pexpire(key, Math.max(1, left - millis)))
        }
      })

    /** Lets time pass everywhere: for WeChat, Redis and the machines. */
    const pass = (millis: number) =>
      Effect.all([emulator.advance(millis), age(millis), advance(machines, millis)], { discard: true })

    /** Everything before this is no part of the row. */
    const mark = Effect.gen(function* () {
      yield* forget(machines)
      seen = (yield* tokenRequests).length
      deaths = 0
    })

    /** The row of what happened since the last `mark`, once the machines list again. */
    const report = (name = title) =>
      Effect.gen(function* () {
        const isWell = yield* settle(machines)
        const { failed, listed, longest } = yield* countsOf(machines)
        const requests = (yield* tokenRequests).slice(seen)
        const forced = requests.filter(isForced).length
        const row: Row = {
          scenario: name,
          calls: listed + failed,
          failed,
          deaths,
          forced,
          normal: requests.length - forced,
          ...(perSecond === undefined ? {} : { perSecond }),
          longest: Math.round(longest),
          isWell
        }
        const file = process.env["CHAOS_ROWS"]
        if (file !== undefined) {
          appendFileSync(file, `${JSON.stringify(row)}\n`)
        }
        assert.isTrue(isWell, `not well: ${JSON.stringify([row, ...machines.map(({ tags }) => tags)])}`)
        return row
      })

    /** Lets every token request fail. After the first failure of each machine it counts the requests of some seconds. */
    const refuse = (fault: (order: Fault.Order) => Fault.Fault, begin: Effect.Effect<unknown>) =>
      Effect.gen(function* () {
        yield* emulator.fault(fault({ on: "token", times: Infinity }))
        yield* begin
        const before = (yield* tokenRequests).length
        const started = performance.now()
        yield* Effect.sleep("6 seconds")
        const requests = (yield* tokenRequests).length - before
        perSecond = Math.round((100 * requests * 1000) / (performance.now() - started)) / 100
        return perSecond
      })

    /** Ends every fault, and any pause that the machines keep. */
    const recover = Effect.gen(function* () {
      yield* emulator.reset
      // after a reset the emulator hands out the same tokens as before, which the machines know to be dead
      for (const _ of [1, 2, 3]) {
        yield* emulator.issueToken
        yield* emulator.expireTokens()
      }
      yield* pass(15 * 60_000)
      yield* settle(machines)
      seen = 0
      yield* forget(machines)
    })

    return {
      emulator,
      redis,
      client,
      machines,
      startMachine,
      tokenRequests,
      die,
      pass,
      mark,
      report,
      refuse,
      recover,
      settle: settle(machines),
      allFail: allFail(machines)
    }
  })

export type Stage = Effect.Effect.Success<ReturnType<typeof make>>

interface Options {
  /** how far the time of day of each machine is ahead of WeChat's, in milliseconds */
  readonly ahead?: ReadonlyArray<number>
  /** the deadline of a call; 10 seconds by default, as in the library */
  readonly timeout?: string
}

/** Runs a scenario once all machines have listed. At the end, no machine may have printed a secret, or anything at all to its stderr. */
export const scenario = (
  title: string,
  run: (stage: Stage) => Effect.Effect<unknown, unknown, Scope.Scope>,
  options: Options = {}
) =>
  it.scopedLive(title, () =>
    Effect.gen(function* () {
      const stage = yield* make(title, options)
      yield* stage.settle
      yield* stage.mark
      yield* run(stage)
      const secrets = [stage.emulator.appSecret, yield* stage.emulator.issueToken].map(Redacted.value)
      for (const { printed } of stage.machines) {
        for (const secret of secrets) {
          assert.notInclude(printed(), secret)
        }
      }
    }).pipe(Effect.provide(Emulator.layer({ journalLimit: Infinity })))
  )
