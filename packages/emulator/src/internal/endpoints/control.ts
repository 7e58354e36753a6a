import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Control from "../control/api.js"
import type { Controls } from "../control/controls.js"
import type { Inbound } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"

export const prefix = Control.prefix

const json = (status: number, body: unknown): Reply.Reply =>
  Reply.make(status, "application/json", JSON.stringify(body), undefined)

const failure = (status: number, error: string): Effect.Effect<Reply.Reply> => Effect.succeed(json(status, { error }))

/**
 * `POST /__emulator/<name>`. Only from programs: a page in a browser would have to send a preflight for this content-type, which
 * nobody answers.
 */
export const reply = (controls: Controls, { body, headers, method, path }: Inbound): Effect.Effect<Reply.Reply> => {
  const name = path.slice(prefix.length)
  const control = Object.values(Control.controls).find((control) => control.name === name)
  if (control === undefined) {
    return failure(404, `there is no control ${name}`)
  }
  if (method !== "POST" || !String(headers["content-type"]).startsWith("application/json")) {
    return failure(405, "post JSON, as application/json")
  }
  const payload = Json.parse(body.length === 0 ? "{}" : Json.text(body))
  if (Option.isNone(payload)) {
    return failure(400, "the body is no JSON")
  }
  return control.serve(controls, payload.value).pipe(
    Effect.map((success) => json(200, success)),
    Effect.catchAll(({ message }) => failure(400, message))
  )
}
