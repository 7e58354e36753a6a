import * as Either from "effect/Either"
import type { Dispatcher } from "undici"
import { BodyTooLarge } from "./exchange.js"

/** All of a reply. */
export interface Received {
  readonly status: number
  readonly headers: Dispatcher.ResponseData["headers"]
  readonly body: Buffer
}

const noBytes = Buffer.alloc(0)

/** Collects one reply. It lets go of undici's controller at the end: kept, it would live as long as the reply. */
class Handler implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined
  private isAborted = false
  private status = 0
  private headers: Dispatcher.ResponseData["headers"] = {}
  private body: Buffer = noBytes
  private more: Array<Buffer> | undefined
  private size = 0

  constructor(
    private readonly maxBodySize: number,
    private readonly onReply: (received: Received) => void,
    private readonly onFailure: (cause: unknown, received: Received | undefined) => void
  ) {}

  abort() {
    this.isAborted = true
    this.controller?.abort(new Error("aborted"))
    this.controller = undefined
  }
  onRequestStart(controller: Dispatcher.DispatchController) {
    if (this.isAborted) {
      controller.abort(new Error("aborted"))
    } else {
      this.controller = controller
    }
  }
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Dispatcher.ResponseData["headers"]) {
    // those below are followed by another, or by none: 103 is no reply
    if (status >= 200) {
      this.status = status
      this.headers = headers
    }
  }
  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer) {
    this.size += bytes.byteLength
    if (this.size > this.maxBodySize) {
      controller.abort(new BodyTooLarge())
    } else if (this.body === noBytes) {
      this.body = bytes
    } else {
      ;(this.more ??= [this.body]).push(bytes)
    }
  }
  onResponseEnd() {
    this.controller = undefined
    this.onReply(this.received())
  }
  onResponseError(_: Dispatcher.DispatchController, cause: Error) {
    this.fail(cause)
  }
  fail(cause: unknown) {
    this.controller = undefined
    this.onFailure(cause, this.status === 0 ? undefined : this.received())
  }
  private received(): Received {
    const body = this.more === undefined ? this.body : Buffer.concat(this.more)
    return { status: this.status, headers: this.headers, body }
  }
}

/** Sends one request, and calls back once: with the whole reply, or with what went wrong. Returns how to abort it. */
export const dispatch = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  maxBodySize: number,
  onReply: (received: Received) => void,
  onFailure: (cause: unknown, received: Received | undefined) => void
): (() => void) => {
  const handler = new Handler(maxBodySize, onReply, onFailure)
  // undici itself tells the handler; a dispatcher or interceptor of the caller's may throw
  const dispatched = Either.try(() => dispatcher.dispatch(options, handler))
  if (Either.isLeft(dispatched)) {
    handler.fail(dispatched.left)
  }
  return () => handler.abort()
}

/** As text, without the byte order mark that some proxies put there. */
export const textOf = ({ body }: Received): string => {
  const text = body.toString("utf8")
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
