import { Effect } from "effect"
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "./freePort.js"

const versions = "/usr/lib/postgresql"

/** The programs of Debian's package `postgresql`, which are not in the PATH. */
const programs = (): string => {
  const newest = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] : undefined
  return newest === undefined ? "" : join(versions, newest, "bin")
}

/** PostgreSQL refuses to run as root. */
const user = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) {
    return {}
  }
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })))
  return { uid: uid!, gid: gid! }
}

/** A real PostgreSQL on loopback, in a folder of its own, which may be stopped hard and started again at the same port. */
export const postgresServer = Effect.gen(function* () {
  const port = yield* freePort
  const owner = user()
  const options = { ...owner, cwd: tmpdir(), env: { PATH: `${programs()}:${process.env["PATH"]}`, LC_ALL: "C" } }
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => {
      const folder = mkdtempSync(join(tmpdir(), "effect-wechat-postgres-"))
      if (owner.uid !== undefined) {
        chownSync(folder, owner.uid, owner.gid!)
      }
      execFileSync(
        join(programs(), "initdb"),
        ["-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        {
          ...options,
          stdio: ["ignore", "ignore", "inherit"]
        }
      )
      return folder
    }),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  )
  const settings = ["fsync=off", "max_connections=60", `unix_socket_directories=${folder}`]
  let server: ChildProcess | undefined
  const start = Effect.async<void>((resume) => {
    const child = spawn(
      join(programs(), "postgres"),
      ["-D", folder, "-h", "127.0.0.1", "-p", `${port}`, ...settings.flatMap((setting) => ["-c", setting])],
      { ...options, stdio: ["ignore", "ignore", "pipe"] }
    )
    server = child
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("ready to accept connections")) {
        resume(Effect.void)
      }
    })
    child.once("exit", (code) => resume(Effect.dieMessage(`PostgreSQL ended with ${code}`)))
  })
  /** Ends all connections at once, without a shutdown: the next start recovers from the log. */
  const stop = Effect.async<void>((resume) => {
    server!.removeAllListeners("exit").once("exit", () => resume(Effect.void))
    server!.kill("SIGQUIT")
  })
  yield* Effect.acquireRelease(start, () => stop)
  let databases = 0
  return {
    /** The URL of a new database. */
    database: Effect.sync(() => {
      const name = `fleet${databases++}`
      execFileSync(join(programs(), "createdb"), ["-h", "127.0.0.1", "-p", `${port}`, "-U", "postgres", name], options)
      return `postgres://postgres@127.0.0.1:${port}/${name}`
    }),
    stop,
    start
  }
})
