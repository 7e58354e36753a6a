import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { hasRedis, redisServer } from "@effect-wechat/test-support/redisServer"

/** A process of its own that lists all the time. */
const machine = (env: Record<string, string>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const program = fileURLToPath(new URL("machines/machine.ts", import.meta.url))
        const child = spawn("node", ["--import", "tsx", program], {
          env: { PATH: process.env["PATH"], ...env },
          stdio: ["pipe", "pipe", "pipe"]
        })
        const printed = { stdout: "", stderr: "" }
        child.stdout.on("data", (text) => (printed.stdout += String(text)))
        child.stderr.on("data", (text) => (printed.stderr += String(text)))
        return { child, printed }
      }),
      ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
    ),
    ({ child, printed }) => ({
      /** moves its time of day, and tells how often it has listed */
      advance: (millis: number) => {
        const confirmed = () => [...printed.stdout.matchAll(/^listed (\d+)$/gm)].map(([, listed]) => Number(listed))
        return Effect.suspend(() => {
          const before = confirmed().length
          child.stdin.write(`${millis}\n`)
          return Effect.sleep("20 millis").pipe(
            Effect.repeat({ until: () => confirmed().length > before }),
            Effect.map(() => confirmed().at(-1)!)
          )
        })
      },
      end: Effect.async<{ readonly listed: number; readonly failures: ReadonlyArray<string> }>((resume) => {
        child.on("close", () => resume(Effect.sync(() => JSON.parse(printed.stdout.trim().split("\n").at(-1)!))))
        child.stdin.end()
      }),
      printed
    })
  )

const isForced = ({ body }: { readonly body?: unknown }) =>
  (body as { readonly force_refresh?: boolean } | undefined)?.force_refresh === true

describe.skipIf(!hasRedis)("with redis-server: two machines that share it", () => {
  it.scopedLive(
    "list on while tokens die and Redis goes and comes: one forced renewal a death, no call fails, nothing loops, no secret is printed",
    () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const redis = yield* redisServer
        const env = {
          WECHAT_APPID: emulator.appId,
          WECHAT_SECRET: Redacted.value(emulator.appSecret),
          WECHAT_BASE_URL: emulator.url.href,
          REDIS_URL: redis.url
        }
        const machines = [yield* machine(env), yield* machine(env)]

        const tokenRequests = Effect.map(emulator.journal, (journal) =>
          journal.filter(({ endpoint }) => endpoint === "token")
        )
        /** Both of them: more calls than either can have had in flight before. */
        const listOn = Effect.forEach(machines, ({ advance }) =>
          Effect.flatMap(advance(0), (before) =>
            Effect.repeat(advance(0), { until: (listed) => listed >= before + 12 })
          )
        )
        const die = Effect.gen(function* () {
          const before = (yield* tokenRequests).length
          yield* emulator.expireTokens({ stale: true })
          yield* Effect.repeat(Effect.sleep("20 millis"), {
            until: () => Effect.map(tokenRequests, (requests) => requests.slice(before).some(isForced))
          })
          yield* listOn
          const requests = (yield* tokenRequests).slice(before)
          // WeChat forces none within 30 seconds of another
          yield* emulator.advance("31 seconds")
          yield* Effect.forEach(machines, ({ advance }) => advance(31_000))
          return { forced: requests.filter(isForced).length, normal: requests.filter((one) => !isForced(one)).length }
        })

        yield* listOn
        assert.isAtMost((yield* tokenRequests).length, 2)
        for (const _ of [1, 2, 3]) {
          const { forced, normal } = yield* die
          assert.strictEqual(forced, 1)
          assert.isAtMost(normal, 2)
        }

        yield* redis.stop
        yield* listOn
        const meanwhile = yield* die
        // who cannot see the other waits a while and asks in normal mode; a second one that is forced all the same WeChat takes for a normal one
        assert.isAtMost(meanwhile.forced, 2)
        assert.isAtMost(meanwhile.normal, 4)

        yield* redis.restart
        yield* Effect.forEach(machines, ({ advance }) => advance(31_000))
        yield* emulator.advance("31 seconds")
        yield* listOn
        // a machine looks for the store again when it needs a token; after an outage the first death may find one of them too early
        yield* die
        const { forced } = yield* die
        assert.strictEqual(forced, 1)

        const secrets = [Redacted.value(emulator.appSecret), Redacted.value(yield* emulator.issueToken)]
        for (const { end, printed } of machines) {
          const { failures, listed } = yield* end
          assert.deepStrictEqual(failures, [])
          assert.isAbove(listed, 100)
          assert.strictEqual(printed.stderr, "")
          for (const secret of secrets) {
            assert.notInclude(printed.stdout, secret)
          }
        }
      }).pipe(Effect.timeout("90 seconds"), Effect.provide(Emulator.layer())),
    100_000
  )
})
