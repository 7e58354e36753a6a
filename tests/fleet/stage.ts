import { Emulator, type Journal } from "@effect-wechat/emulator"
import { Results } from "@effect-wechat/fleet"
import type { SqlClient } from "@effect/sql"
import { Effect, Layer, Stream } from "effect"
import { spawn } from "node:child_process"
import { inject } from "vitest"
import type { Task } from "./sweeper.js"

/** `batchSize × chunksAtOnce`: the calls that a runner has under way */
export const inFlight = 80

/** Starts a process that runs a sweep. `ended` is its signal or code, and what it printed. */
export const start = (task: Task) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const child = spawn("node", [inject("sweeper"), JSON.stringify(task)], { stdio: ["ignore", "pipe", "pipe"] })
        let printed = ""
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => (printed += text))
        }
        const ended = new Promise<readonly [outcome: string, printed: string]>((resolve) =>
          child.on("close", (code, signal) => resolve([String(signal ?? code), printed.trim()]))
        )
        return { child, ended }
      }),
      ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
    ),
    ({ child, ended }) => ({
      ended: Effect.promise(() => ended),
      kill: Effect.sync(() => child.kill("SIGKILL"))
    })
  )

/** The results of the only sweep in a database. */
export const resultsIn = <E>(database: Layer.Layer<SqlClient.SqlClient, E>) =>
  Effect.map(Stream.runCollect(Results.all(1)), (all) => [...all]).pipe(Effect.provide(Layer.fresh(database)))

/** The calls of the plugin API so far. */
export const calls: Effect.Effect<ReadonlyArray<Journal.Entry>, never, Emulator.Emulator> = Effect.map(
  Effect.flatMap(Emulator.Emulator, ({ journal }) => journal),
  (entries) => entries.filter(({ endpoint }) => endpoint === "plugin")
)
