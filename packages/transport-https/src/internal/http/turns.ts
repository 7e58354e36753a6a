/** A request that begins when there is room for it. */
export abstract class Turn {
  /** where it stands, and its neighbours there */
  line: unknown
  previous: this | undefined
  next: this | undefined

  abstract start(): void
}

/**
 * Turns in their order. They are linked, since a Set that is filled and emptied all the time makes a new table every hundred calls, and V8 keeps
 * each table, with what was in it, as long as the one before: then no call is freed before the next full garbage collection.
 */
class Line<T extends Turn> {
  size = 0
  private first: T | undefined
  private last: T | undefined

  add(turn: T): void {
    turn.line = this
    turn.previous = this.last
    if (this.last === undefined) {
      this.first = turn
    } else {
      this.last.next = turn
    }
    this.last = turn
    this.size++
  }

  /** Whether it stood here. */
  delete(turn: T): boolean {
    const { line, next, previous } = turn
    if (line !== this) {
      return false
    }
    if (previous === undefined) {
      this.first = next
    } else {
      previous.next = next
    }
    if (next === undefined) {
      this.last = previous
    } else {
      next.previous = previous
    }
    turn.line = turn.previous = turn.next = undefined
    this.size--
    return true
  }

  shift(): T | undefined {
    const { first } = this
    if (first !== undefined) {
      this.delete(first)
    }
    return first
  }

  get all(): ReadonlyArray<T> {
    const all: Array<T> = []
    for (let turn = this.first; turn !== undefined; turn = turn.next) {
      all.push(turn)
    }
    return all
  }
}

/**
 * The requests to one host: as many as the limit run at once, and the others wait in their order. One that waits has no socket, and costs
 * little memory.
 */
export class Turns<T extends Turn> {
  private readonly running = new Line<T>()
  private readonly waiting = new Line<T>()

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
    return [...this.waiting.all, ...this.running.all]
  }

  private pass(turn: T) {
    if (this.running.delete(turn)) {
      const next = this.waiting.shift()
      if (next !== undefined) {
        this.running.add(next)
        next.start()
      }
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
