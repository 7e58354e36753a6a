import { Effect } from "effect"
import { spawn } from "node:child_process"
import { inject } from "vitest"
import type { Message, Report } from "./machine.js"

/** Counts of one machine, or of several together. */
export interface Counts {
  readonly listed: number
  readonly failed: number
  readonly longest: number
}

/** A process of its own that lists all the time. */
export const start = (env: Record<string, string>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const child = spawn("node", [inject("machine")], {
          env: { PATH: process.env["PATH"], ...env },
          stdio: ["ignore", "pipe", "pipe", "ipc"]
        })
        const machine = { child, printed: "", isAsking: false, isAlive: true }
        const print = (text: unknown) => (machine.printed += String(text))
        child.stdout!.on("data", print)
        child.stderr!.on("data", print)
        child.on("exit", () => (machine.isAlive = false))
        return machine
      }),
      ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
    ),
    (machine) => {
      const { child } = machine
      const tags: Record<string, number> = {}
      const counts = { listed: 0, failed: 0, longest: 0 }
      const waiting: Array<() => void> = []
      const add = ({ failures, listed, longest }: Report) => {
        counts.listed += listed
        counts.longest = Math.max(counts.longest, longest)
        for (const [tag, count] of Object.entries(failures)) {
          counts.failed += count
          tags[tag] = (tags[tag] ?? 0) + count
        }
      }
      child.on("message", (message: Message) => {
        if ("report" in message) {
          add(message.report)
          waiting.shift()?.()
        } else {
          machine.isAsking = message.isAsking
        }
      })
      /** Moves its time of day forward, and returns its counts since the start or the last `forget`. */
      const advance = (millis: number) =>
        Effect.async<Counts>((resume) => {
          waiting.push(() => resume(Effect.succeed({ ...counts })))
          child.send(millis)
        })
      return {
        advance,
        counts: advance(0),
        tags,
        /** Counts from zero again. */
        forget: Effect.map(advance(0), () => void Object.assign(counts, { listed: 0, failed: 0, longest: 0 })),
        kill: Effect.sync(() => child.kill("SIGKILL")),
        /** whether a token request of its own is under way */
        isAsking: () => machine.isAsking,
        isAlive: () => machine.isAlive,
        printed: () => machine.printed
      }
    }
  )

export type Machine = Effect.Effect.Success<ReturnType<typeof start>>

const sum = (all: ReadonlyArray<Counts>): Counts => ({
  listed: all.reduce((sum, { listed }) => sum + listed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  longest: Math.max(0, ...all.map(({ longest }) => longest))
})

const alive = (machines: ReadonlyArray<Machine>) => machines.filter(({ isAlive }) => isAlive())

export const countsOf = (machines: ReadonlyArray<Machine>): Effect.Effect<Counts> =>
  Effect.map(
    Effect.forEach(alive(machines), ({ counts }) => counts, { concurrency: "unbounded" }),
    sum
  )

export const forget = (machines: ReadonlyArray<Machine>): Effect.Effect<void> =>
  Effect.forEach(alive(machines), ({ forget }) => forget, { discard: true })

export const advance = (machines: ReadonlyArray<Machine>, millis: number): Effect.Effect<void> =>
  Effect.forEach(alive(machines), (machine) => machine.advance(millis), { discard: true })

const until = <A>(counts: Effect.Effect<A>, done: (counts: A) => boolean) =>
  Effect.repeat(Effect.delay(counts, "50 millis"), { until: done })

/** Long enough for a busy machine. Whoever is not well again by then never will be. */
const patience = process.env["CHAOS_PATIENCE"] ?? "30 seconds"

/** Waits until each machine has listed more often than it can have had calls in flight, and says whether all of them have. */
export const settle = (machines: ReadonlyArray<Machine>): Effect.Effect<boolean> =>
  Effect.forEach(
    alive(machines),
    ({ counts }) => Effect.flatMap(counts, (before) => until(counts, ({ listed }) => listed >= before.listed + 8)),
    { concurrency: "unbounded", discard: true }
  ).pipe(
    Effect.as(true),
    Effect.timeoutTo({ duration: patience as "30 seconds", onTimeout: () => false, onSuccess: (isWell) => isWell })
  )

/** Waits until a call of each machine has failed since the last `forget`. */
export const allFail = (machines: ReadonlyArray<Machine>): Effect.Effect<unknown> =>
  Effect.forEach(alive(machines), ({ counts }) => until(counts, ({ failed }) => failed > 0), {
    concurrency: "unbounded",
    discard: true
  })
