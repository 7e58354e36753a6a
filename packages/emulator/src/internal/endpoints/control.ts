import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { controls } from "../control/api.js"
import type { Controls } from "../control/controls.js"
import { header, type Request } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import { controlPrefix } from "../http/urls.js"
import * as Browsers from "../security/browsers.js"

const json = (status: number, body: unknown): Reply.Reply =>
  Reply.make(status, "application/json", JSON.stringify(body), undefined)

const failure = (status: number, error: string): Effect.Effect<Reply.Reply> => Effect.succeed(json(status, { error }))

const mebibytes = 16

/** A world of thousands of mini programs is longer than any request to WeChat. */
export const maxBodySize = mebibytes * 1024 * 1024

/** Controls that change nothing. */
const readings = new Set([
  "connect",
  "world",
  "plugins",
  "journal",
  "journalDropped",
  "awaitRequest",
  "issueToken",
  "cloudbaseToken"
])

export const isReading = (path: string): boolean => readings.has(path.slice(controlPrefix.length))

export const tooLarge = json(413, { error: `the body is longer than ${mebibytes} MiB` })

/**
 * `POST /__emulator/<name>`, from programs and from the emulator's own page: other pages are refused by `Host`, `Origin`,
 * `Sec-Fetch-Site` and the content-type.
 */
export const reply = (service: Controls, request: Request): Effect.Effect<Reply.Reply> => {
  const { body, method, path } = request
  if (!Browsers.isLoopback(request) || Browsers.isFromForeignPage(request)) {
    return failure(
      403,
      "the control API is for programs that call it at localhost and for the emulator's page, not for other web pages"
    )
  }
  const name = path.slice(controlPrefix.length)
  const control = Object.values(controls).find((control) => control.name === name)
  if (control === undefined) {
    return failure(404, `there is no control ${name}`)
  }
  if (method !== "POST" || !header(request, "content-type").startsWith("application/json")) {
    return failure(405, "post JSON, as application/json")
  }
  const payload = Json.parse(body.length === 0 ? "{}" : Json.text(body))
  if (Option.isNone(payload)) {
    return failure(400, "the body is not JSON, or is nested too deep")
  }
  return control.serve(service, payload.value).pipe(
    Effect.map((success) => json(200, success)),
    Effect.catchAll(({ message }) => failure(400, message)),
    // the defects of the service are mistakes of its caller
    Effect.catchAllDefect((defect) => failure(400, String(defect)))
  )
}
