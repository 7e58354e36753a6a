import { type Client, createClient, type InStatement, type ResultSet, type Transaction } from "@libsql/client"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : ""

/** How long a statement waits for another process that writes into the same file, in milliseconds. */
const patience = 10_000
const pause = 20

/** SQLite's own `busy_timeout` would block the whole process while it waits. */
const whenFree = async <A>(run: () => Promise<A>): Promise<A> => {
  for (let waited = 0; ; waited += pause) {
    try {
      return await run()
    } catch (error) {
      if (!codeOf(error).startsWith("SQLITE_BUSY") || waited >= patience) {
        throw error
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** Lets one holder in at a time, in the order in which they came. */
const makeLock = () => {
  let last: Promise<void> = Promise.resolve()
  return async (): Promise<() => void> => {
    const before = last
    let release = (): void => undefined
    last = new Promise((resolve) => (release = resolve))
    await before
    return release
  }
}

type Send = (statement: InStatement) => Promise<ResultSet>

/**
 * A client whose transactions use the one connection that it has. `@libsql/client` itself opens a new connection for each transaction and does
 * not close the one before it, which also loses the PRAGMAs.
 *
 * A transaction that cannot begin fails at its first statement: if `transaction` itself failed, `@effect/sql-libsql` would never release the
 * permit that it holds for the transaction.
 */
const overOneConnection = (base: Client): Pick<Client, "execute" | "transaction"> => {
  const lock = makeLock()
  const send: Send = (statement) => base.execute(statement)
  return {
    execute: async (statement: InStatement) => {
      const release = await lock()
      try {
        return await whenFree(() => send(statement))
      } finally {
        release()
      }
    },
    transaction: async () => {
      const release = await lock()
      try {
        await whenFree(() => send("BEGIN IMMEDIATE"))
      } catch (error) {
        release()
        const fail = () => Promise.reject(error)
        return { execute: fail, commit: fail, rollback: async () => undefined } as unknown as Transaction
      }
      const end = (statement: string) => async () => {
        try {
          await send(statement)
        } catch (error) {
          // a commit that fails, as on a full disk, leaves the transaction open
          await send("ROLLBACK").catch(() => undefined)
          throw error
        } finally {
          release()
        }
      }
      return { execute: send, commit: end("COMMIT"), rollback: end("ROLLBACK") } as unknown as Transaction
    }
  }
}

const open = (file: string) =>
  Effect.acquireRelease(
    // snowflakes of the engine are larger than the integers of JavaScript
    Effect.tryPromise(async () => createClient({ url: `file:${file}`, intMode: "bigint" })),
    (client) => Effect.sync(() => client.close())
  )

/** The file as a libsql client with one connection, in WAL mode. The file is created if it is missing. */
export const connect = (file: string) =>
  Effect.tap(open(file), (base) =>
    Effect.tryPromise(async () => {
      for (const pragma of ["journal_mode = WAL", "synchronous = NORMAL"]) {
        await whenFree(() => base.execute(`PRAGMA ${pragma}`))
      }
    })
  ).pipe(Effect.map((base) => overOneConnection(base) as Client))

/**
 * Holds a lock of the operating system for as long as the scope is open, so that it is released when the process dies, however it dies. Fails
 * at once if another process holds it.
 */
export const lockFile = (file: string): Effect.Effect<void, unknown, Scope.Scope> =>
  Effect.flatMap(open(`${file}.lock`), (client) => Effect.tryPromise(() => client.execute("BEGIN EXCLUSIVE")))
