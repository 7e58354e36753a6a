import { Effect } from "effect"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { freePort } from "./freePort.js"

/** Debian's `redis-server`; where there is none, what needs it is skipped. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0

const start = (port: number) =>
  Effect.async<ChildProcess>((resume) => {
    const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] })
    child.stdout.on("data", (text) => {
      if (String(text).includes("Ready to accept connections")) {
        resume(Effect.succeed(child))
      }
    })
  })

const kill = (child: ChildProcess) =>
  Effect.async<void>((resume) => {
    child.once("exit", () => resume(Effect.void))
    child.kill("SIGKILL")
  })

/** A real Redis on loopback that keeps nothing, and may be killed and started again at the same port. */
export const redisServer = Effect.gen(function* () {
  const port = yield* freePort
  let child: ChildProcess | undefined
  const stop = Effect.suspend(() => {
    const running = child
    child = undefined
    return running === undefined ? Effect.void : kill(running)
  })
  const restart = Effect.tap(start(port), (started) => Effect.sync(() => (child = started)))
  yield* Effect.acquireRelease(restart, () => stop)
  const signal = (name: NodeJS.Signals) => Effect.sync(() => void child?.kill(name))
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    restart: Effect.asVoid(restart),
    /** Connections stay open, and nothing is answered until `resume`. */
    pause: signal("SIGSTOP"),
    resume: signal("SIGCONT")
  }
})
