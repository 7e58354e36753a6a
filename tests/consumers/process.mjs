// Child processes: to their end, or the packed emulator until it is no longer needed.
import { spawn } from "node:child_process"

// nothing of npm's own environment, which would reach into the installs of the strangers
const base = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")))

/** Resolves with stdout, rejects with all that was printed. */
export const run = (command, args, { cwd, env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...base, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      timeout: 240_000
    })
    let stdout = ""
    let all = ""
    child.stdout.setEncoding("utf8").on("data", (text) => ((stdout += text), (all += text)))
    child.stderr.setEncoding("utf8").on("data", (text) => (all += text))
    child.on("error", reject)
    child.on("close", (code, signal) =>
      code === 0 ? resolve(stdout) : reject(new Error(`${command} ended with ${code ?? signal}:\n${all}`))
    )
  })

/** Starts the emulator's command under `node`; it prints the environment that its clients need. */
export const startEmulator = (node, layout) =>
  new Promise((resolve, reject) => {
    const child = spawn(node, [`${layout}/node_modules/.bin/effect-wechat-emulator`, "--port", "0"], {
      stdio: ["ignore", "pipe", "pipe"]
    })
    let text = ""
    const read = (chunk) => {
      text += chunk
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
      if (url !== undefined && text.includes("curl")) {
        const printed = Object.fromEntries(
          [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value])
        )
        resolve({
          stop: () => child.kill(),
          env: {
            ...printed,
            WECHAT_BASE_URL: url,
            CLOUD_ENV: "test-env-1",
            CLOUD_SERVICE_URL: `${url}/admin`,
            // wx-server-sdk asks for the metadata of its machine unless it is told where it runs
            TENCENTCLOUD: "true"
          }
        })
      }
    }
    child.stdout.setEncoding("utf8").on("data", read)
    child.stderr.setEncoding("utf8").on("data", read)
    child.on("error", reject)
    child.on("exit", () => reject(new Error(`the emulator ended:\n${text}`)))
  })

/** Runs the tasks, so many at a time as there are processors. */
export const pool = async (tasks, width) => {
  const queue = [...tasks]
  const worker = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      await task()
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
}
