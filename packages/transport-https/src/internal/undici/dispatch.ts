import * as Either from "effect/Either"
import type { Dispatcher } from "undici"
import { Body, BodyTooLarge } from "../http/body.js"
import { Hosts, Turn, type Turns } from "../http/turns.js"
import type { Received, Sender, Sent } from "../whole/sender.js"

const none: Received["headers"] = {}

/** What undici is asked for: the same for all requests to one URL. */
interface Target {
  readonly origin: string
  readonly path: string
  readonly turns: Turns<Call>
}

/**
 * One request, from its turn to its end, and the handler of its reply. It drops undici's controller at the end, which otherwise lives as long
 * as the reply and costs garbage collection.
 */
class Call extends Turn implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined
  private isAborted = false
  private status = 0
  private headers: Received["headers"] = none
  private readonly body: Body

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly target: Target,
    private readonly sent: Sent,
    private readonly onReply: (received: Received) => void,
    private readonly onFailure: (cause: unknown, received: Received | undefined) => void
  ) {
    super()
    this.body = new Body(sent.maxBodySize)
  }

  start() {
    const { origin, path } = this.target
    const { body = null, headers, method } = this.sent
    const options = { origin, path, method, headers, body } as Dispatcher.DispatchOptions
    // undici reports to the handler; a dispatcher or interceptor of the user's may throw
    const dispatched = Either.try(() => this.dispatcher.dispatch(options, this))
    if (Either.isLeft(dispatched)) {
      this.onResponseError(undefined, dispatched.left)
    }
  }

  abort() {
    this.isAborted = true
    this.target.turns.leave(this)
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
    this.leave()
    this.onReply(this.received())
  }
  onResponseError(_: unknown, cause: unknown) {
    this.leave()
    this.onFailure(cause, this.status === 0 ? undefined : this.received())
  }
  private leave() {
    this.controller = undefined
    this.target.turns.leave(this)
  }
  private received(): Received {
    return { status: this.status, headers: this.headers, body: this.body.bytes }
  }
}

/** Sends requests through a dispatcher of undici, at most `limit` at once to each host. */
export const overDispatcher = (dispatcher: Dispatcher, limit: number): Sender<Target> => {
  const hosts = new Hosts<Call>(limit)
  return {
    prepare: (url) => ({ origin: url.origin, path: url.pathname + url.search, turns: hosts.at(url) }),
    send: (target, sent, onReply, onFailure) => {
      const call = new Call(dispatcher, target, sent, onReply, onFailure)
      target.turns.take(call)
      return () => call.abort()
    }
  }
}
