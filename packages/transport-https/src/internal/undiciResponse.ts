import * as Headers from "@effect/platform/Headers"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"

/** statuses that a web Response takes no body with */
const bodiless = new Set([101, 204, 205, 304])

/**
 * A reply that is all there. What a WeChat call looks at is read off directly, and the rest of the interface is left to
 * the platform's own response.
 */
export class UndiciResponse extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpIncomingMessage.TypeId]: HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly [HttpClientResponse.TypeId]: HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly remoteAddress = Option.none<string>()

  constructor(
    readonly request: HttpClientRequest.HttpClientRequest,
    readonly status: number,
    private readonly fields: Readonly<Record<string, string | Array<string> | undefined>>,
    private readonly bytes: Buffer
  ) {
    super()
  }

  get headers(): Headers.Headers {
    return Headers.fromInput(this.fields)
  }
  get text(): Effect.Effect<string, HttpClientError.ResponseError> {
    const text = this.bytes.toString("utf8")
    return Effect.succeed(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  }
  private get whole(): HttpClientResponse.HttpClientResponse {
    const body = bodiless.has(this.status) ? null : this.bytes
    return HttpClientResponse.fromWeb(this.request, new Response(body, { status: this.status, headers: this.headers }))
  }
  get json() {
    return this.whole.json
  }
  get cookies() {
    return this.whole.cookies
  }
  get formData() {
    return this.whole.formData
  }
  get urlParamsBody() {
    return this.whole.urlParamsBody
  }
  get arrayBuffer() {
    return this.whole.arrayBuffer
  }
  get stream() {
    return this.whole.stream
  }
  toJSON() {
    return HttpIncomingMessage.inspect(this, {
      _id: "@effect/platform/HttpClientResponse",
      request: this.request.toJSON(),
      status: this.status
    })
  }
}
