/** A request that begins when there is room for it. */
export interface Turn {
  readonly start: () => void
}

/**
 * The requests to one host: as many as the limit run at once, and the others wait in their order. One that waits has no socket, and costs
 * little memory.
 */
export class Turns<T extends Turn> {
  private readonly running = new Set<T>()
  private readonly waiting = new Set<T>()
  /** goes on where it stopped: a new iterator would pass by all that have left before */
  private readonly order = this.waiting.values()

  constructor(private readonly limit: number) {}

  take(turn: T): void {
    if (this.running.size < this.limit) {
      this.running.add(turn)
      turn.start()
    } else {
      this.waiting.add(turn)
    }
  }

  /** A request has ended, or is given up. */
  leave(turn: T): void {
    if (this.waiting.delete(turn)) {
      return
    }
    if (this.waiting.size === 0) {
      this.running.delete(turn)
    } else {
      // not at once: the connection is free after the last event of a reply, and the next request is to have it
      queueMicrotask(() => this.pass(turn))
    }
  }

  get all(): ReadonlyArray<T> {
    return [...this.waiting, ...this.running]
  }

  private pass(turn: T) {
    if (this.running.delete(turn) && this.waiting.size > 0) {
      const next: T = this.order.next().value!
      this.waiting.delete(next)
      this.running.add(next)
      next.start()
    }
  }
}

/** The turns of each host that is called. */
export class Hosts<T extends Turn> {
  private readonly hosts = new Map<string, Turns<T>>()

  constructor(private readonly limit: number) {}

  at({ origin }: URL): Turns<T> {
    const turns = this.hosts.get(origin) ?? new Turns(this.limit)
    this.hosts.set(origin, turns)
    return turns
  }

  get all(): ReadonlyArray<T> {
    return [...this.hosts.values()].flatMap((turns) => turns.all)
  }
}

/** How many requests run at once to a host, where nothing else is said. */
export const atOnce = 64
