import * as Either from "effect/Either"
import type { Dispatcher } from "undici"
import { Body, BodyTooLarge } from "../http/body.js"
import type { Received, Sender } from "../whole/sender.js"

/** Collects one reply. It drops undici's controller at the end, which otherwise lives as long as the reply and costs garbage collection. */
class Handler implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined
  private isAborted = false
  private status = 0
  private headers: Received["headers"] = {}
  private readonly body: Body

  constructor(
    maxBodySize: number,
    private readonly onReply: (received: Received) => void,
    private readonly onFailure: (cause: unknown, received: Received | undefined) => void
  ) {
    this.body = new Body(maxBodySize)
  }

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
    // a status below 200, such as 103, is not the reply yet
    if (status >= 200) {
      this.status = status
      this.headers = headers
    }
  }
  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer) {
    if (!this.body.add(bytes)) {
      controller.abort(new BodyTooLarge())
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
    return { status: this.status, headers: this.headers, body: this.body.bytes }
  }
}

/** What undici is asked for: the same for all requests to one URL. */
interface Target {
  readonly origin: string
  readonly path: string
}

/** Sends requests through a dispatcher of undici. */
export const overDispatcher = (dispatcher: Dispatcher): Sender<Target> => ({
  prepare: ({ origin, pathname, search }) => ({ origin, path: pathname + search }),
  send: ({ origin, path }, { body = null, headers, maxBodySize, method }, onReply, onFailure) => {
    const handler = new Handler(maxBodySize, onReply, onFailure)
    const options = { origin, path, method, headers, body } as Dispatcher.DispatchOptions
    // undici reports to the handler; a dispatcher or interceptor of the user's may throw
    const dispatched = Either.try(() => dispatcher.dispatch(options, handler))
    if (Either.isLeft(dispatched)) {
      handler.fail(dispatched.left)
    }
    return () => handler.abort()
  }
})
