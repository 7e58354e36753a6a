import type { Context } from "../engine/emit.js"

/** Values of Effect 3 that Effect 4 has no name for, by what makes them. */
export const values: Readonly<Record<string, (context: Context) => string>> = {
  "@effect/experimental/RateLimiter.makeSleep": ({ ref }) => {
    const limiter = (member: string) => ref("effect/persistence/RateLimiter", member)
    return `${ref("effect/Effect", "map")}(${limiter("RateLimiter")}, (limiter) => ${limiter("sleep")}(limiter))`
  },
  "effect/Effect.logAnnotations": ({ ref }) =>
    `${ref("effect/Effect", "map")}(${ref("effect/References", "CurrentLogAnnotations")}, Object.entries)`,
  "effect/LogLevel.All": () => '"All"',
  "effect/Schema.NonNegativeInt": ({ ref }) =>
    `${ref("effect/Schema", "Int")}.check(${ref("effect/Schema", "isGreaterThanOrEqualTo")}(0))`,
  // its interruption does not wait until it has ended
  "effect/Effect.disconnect": ({ ref }) => {
    const interrupted = `() => ${ref("effect/Effect", "sync")}(() => fiber.interruptUnsafe())`
    const joined = `${ref("effect/Effect", "onInterrupt")}(${ref("effect/Fiber", "join")}(fiber), ${interrupted})`
    return `(self) => ${ref("effect/Effect", "flatMap")}(${ref("effect/Effect", "forkDetach")}(self, { startImmediately: true }), (fiber) => ${joined})`
  }
}
