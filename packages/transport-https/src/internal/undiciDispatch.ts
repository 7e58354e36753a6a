import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Effect from "effect/Effect"
import type { Dispatcher } from "undici"
import { BodyTooLarge } from "./readBody.js"
import { UndiciResponse } from "./undiciResponse.js"

type Resume = (effect: Effect.Effect<UndiciResponse, HttpClientError.HttpClientError>) => void

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
    private readonly request: HttpClientRequest.HttpClientRequest,
    private readonly maxBodySize: number,
    private readonly resume: Resume
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
    this.status = status
    this.headers = headers
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
    this.resume(Effect.succeed(this.response()))
  }
  onResponseError(_: Dispatcher.DispatchController, cause: Error) {
    this.controller = undefined
    this.resume(
      Effect.fail(
        this.status === 0
          ? new HttpClientError.RequestError({ request: this.request, reason: "Transport", cause })
          : new HttpClientError.ResponseError({
              request: this.request,
              response: this.response(),
              reason: "Decode",
              cause
            })
      )
    )
  }
  private response() {
    return new UndiciResponse(
      this.request,
      this.status,
      this.headers,
      this.more === undefined ? this.body : Buffer.concat(this.more)
    )
  }
}

/** One call: the whole reply, or an error. Interruption aborts it. */
export const dispatch = (
  dispatcher: Dispatcher,
  request: HttpClientRequest.HttpClientRequest,
  options: Dispatcher.DispatchOptions,
  maxBodySize: number
): Effect.Effect<UndiciResponse, HttpClientError.HttpClientError> =>
  Effect.async((resume) => {
    const handler = new Handler(request, maxBodySize, resume)
    dispatcher.dispatch(options, handler)
    return Effect.sync(() => handler.abort())
  })
