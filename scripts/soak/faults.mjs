// Random faults. Each of the three sequences is repeated by the same seed; which call meets a fault is not.
import { Emulator, Fault } from "@effect-wechat/emulator"
import { Effect, Random } from "effect"

/** Only a forced renewal ends a stale death. WeChat forces at most 20 a day, and both clients share them. */
const mostStaleDeaths = 8

const faults = [
  () => Fault.reset(),
  () => Fault.errcode(-1),
  () => Fault.truncate(),
  () => Fault.close(),
  (millis) => Fault.delay(millis),
  () => Fault.body("<html>busy</html>"),
  () => Fault.raw({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>502</h1>" })
]

const tokenFaults = [
  () => Fault.reset({ on: "token" }),
  () => Fault.errcode(-1, { on: "token" }),
  () => Fault.truncate({ on: "token" }),
  (millis) => Fault.delay(millis, { on: "token" })
]

const oneOf = (choices) =>
  Effect.gen(function* () {
    const choice = yield* Random.choice(choices)
    return choice(yield* Random.nextIntBetween(20, 1500))
  })

const failCalls = Effect.gen(function* () {
  const { fault } = yield* Emulator.Emulator
  const next = Effect.forever(Effect.delay(Effect.flatMap(oneOf(faults), fault), "5 millis"))
  yield* Effect.replicateEffect(next, 4, { concurrency: "unbounded", discard: true })
})

const failTokens = Effect.gen(function* () {
  const { fault } = yield* Emulator.Emulator
  yield* Effect.forever(Effect.delay(Effect.flatMap(oneOf(tokenFaults), fault), "20 seconds"))
})

const endTokens = Effect.gen(function* () {
  const { expireTokens } = yield* Emulator.Emulator
  let staleDeaths = 0
  while (true) {
    yield* Effect.sleep(yield* Random.nextIntBetween(1000, 5000))
    const errcode = yield* Random.choice([40001, 40014, 42001])
    const isStale = (yield* Random.nextIntBetween(0, 12)) === 0 && staleDeaths < mostStaleDeaths
    staleDeaths += Number(isStale)
    yield* expireTokens({ errcode, stale: isStale })
  }
})

/** Never ends: some fault every few milliseconds, one of a token request every 20 seconds, and the death of all tokens every three. */
export const inject = (seed) =>
  Effect.forEach(
    [failCalls, failTokens, endTokens],
    (faults, index) => Effect.withRandom(faults, Random.make(seed + index)),
    { concurrency: "unbounded", discard: true }
  )
