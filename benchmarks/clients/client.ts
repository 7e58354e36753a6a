/** The server that a client calls, and how many calls it has in flight. */
export interface Target {
  readonly origin: string
  readonly concurrency: number
}

export interface Client {
  /** Makes this many calls. */
  readonly run: (calls: number) => Promise<Outcome>
}

export interface Outcome {
  /** how many plugins came back in all */
  readonly read: number
  /** what calls failed with */
  readonly failures: ReadonlyArray<unknown>
}

export type Make = (target: Target) => Client | Promise<Client>

export const appId = "wx00000000000000a1"
export const appSecret = "made-up-secret-of-the-benchmarks"

/** Runs one loop for each call in flight. A failure ends its own loop, not the others. */
export const loops = ({ concurrency }: Target, call: () => Promise<number>): Client => ({
  run: async (calls) => {
    let left = calls
    let read = 0
    const loop = async () => {
      while (left-- > 0) {
        const count = await call()
        read += count
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: concurrency }, loop))
    return { read, failures: ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : [])) }
  }
})
