/** A request that begins when there is room for it. */
export interface Turn {
  readonly start: () => void
  readonly fail: (cause: Error) => void
}

/** The requests to one host: as many as the limit run at once, and the others wait in their order. One that waits has no socket. */
export class Turns {
  private readonly running = new Set<Turn>()
  private readonly waiting = new Set<Turn>()

  constructor(private readonly limit: number) {}

  take(turn: Turn): void {
    if (this.running.size < this.limit) {
      this.running.add(turn)
      turn.start()
    } else {
      this.waiting.add(turn)
    }
  }

  /** A request has ended, or is given up. */
  leave(turn: Turn): void {
    if (this.waiting.delete(turn)) {
      return
    }
    if (this.waiting.size === 0) {
      this.running.delete(turn)
    } else {
      // not at once: the agent takes the socket back after the last event of a reply, and the next request is to have it
      queueMicrotask(() => {
        this.running.delete(turn)
        this.next()
      })
    }
  }

  failAll(cause: Error): void {
    for (const turn of [...this.waiting, ...this.running]) {
      turn.fail(cause)
    }
  }

  private next() {
    const [next] = this.waiting
    if (next !== undefined) {
      this.waiting.delete(next)
      this.running.add(next)
      next.start()
    }
  }
}
