/** A whole reply. */
export interface Received {
  readonly status: number
  /** by their names in lower case */
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Uint8Array
}

/** What differs between two requests to one URL. */
export interface Sent {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | undefined
  /** bytes in the reply */
  readonly maxBodySize: number
}

/**
 * How requests are sent whose replies are read as a whole. Each backend has one: undici, and node:https.
 *
 * `prepare` is called once for many requests to one URL. `send` calls back once, with the whole reply, or with what went wrong and what
 * had come of the reply. It returns how to abort the request.
 */
export interface Sender<Target> {
  readonly prepare: (url: URL) => Target
  readonly send: (
    target: Target,
    request: Sent,
    onReply: (received: Received) => void,
    onFailure: (cause: unknown, received: Received | undefined) => void
  ) => () => void
}
