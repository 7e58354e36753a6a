import * as Data from "effect/Data"

/** Why a push was refused, with the HTTP status that answers it. */
const statuses = {
  method: 405,
  oversized: 413,
  malformed: 400,
  forged: 403,
  stale: 403,
  // WeChat repeats a push whose answer it did not get
  replayed: 200,
  undecryptable: 400,
  unavailable: 503
} as const

export type Reason = keyof typeof statuses

/** Its message has no part of the push. */
export class PushRefused extends Data.TaggedError("PushRefused")<{
  readonly reason: Reason
  readonly description: string
}> {
  /** the HTTP status that answers the push */
  get status(): number {
    return statuses[this.reason]
  }
  override get message(): string {
    return `A push was refused (${this.reason}): ${this.description}`
  }
}

export const refused = (reason: Reason, description: string): PushRefused => new PushRefused({ reason, description })
