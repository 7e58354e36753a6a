// Starts processes that reply to each message with one message.
import { fork, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const here = (file) => fileURLToPath(new URL(file, import.meta.url))

const reply = (child) =>
  new Promise((resolve, reject) => {
    const settle = (settled) => (value) => {
      child.off("message", onMessage).off("exit", onExit)
      settled(value)
    }
    const onMessage = settle((message) =>
      message.failure === undefined ? resolve(message) : reject(new Error(message.failure))
    )
    const onExit = settle((code) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}`)))
    child.once("message", onMessage).once("exit", onExit)
  })

/** Starts a module. `first` is the first message from it; `ask` sends a message and returns the reply. */
export const start = async (file, { args = [], env = {}, execArgv = [] } = {}) => {
  const child = fork(file, args, {
    env: { ...process.env, ...env },
    execArgv,
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  })
  const first = await reply(child)
  return {
    first,
    ask: (message) => {
      const answer = reply(child)
      child.send(message)
      return answer
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", resolve)
        child.disconnect()
      })
  }
}

export const startServer = () => start(here("server.mjs"))

/** Starts a process with one client. */
export const startClient = (bundle, options) => start(here("worker.mjs"), { ...options, args: [bundle] })

/** Runs a program to its end, and returns the milliseconds from its start to its first output. */
export const timeToFirstOutput = (node, args, env) =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(node, args, { env, stdio: ["ignore", "pipe", "pipe"] })
    let stderr = ""
    let millis
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text))
    child.stdout.on("data", () => (millis ??= performance.now() - started))
    child.on("error", reject)
    child.on("close", (code) =>
      code === 0 && millis !== undefined
        ? resolve(millis)
        : reject(new Error(`${args.join(" ")} ended with ${code}: ${stderr.slice(0, 500)}`))
    )
  })
