import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { byAppid } from "../../domain/miniPrograms.js"
import type * as State from "../../domain/state.js"
import type { Endpoint } from "../../http/endpoint.js"
import * as JsonPost from "../../http/jsonPost.js"
import { push } from "../../pushes/push.js"

/** `POST /cgi-bin/component/api_start_push_ticket`. A ticket is pushed before the reply, if the component has an `eventUrl`. */
export const make = (state: State.State): Endpoint => ({
  name: "component",
  handle: (request) =>
    JsonPost.handle(request, "startPushTicket", "component_appid", (data) =>
      Effect.gen(function* () {
        const component = byAppid((yield* Ref.get(state.world)).components).get(String(data["component_appid"]))
        if (component === undefined) {
          return yield* Effect.fail(61011)
        }
        if (data["component_secret"] !== Redacted.value(component.appSecret)) {
          return yield* Effect.fail(40125)
        }
        if (component.eventUrl !== undefined) {
          yield* push(state, { event: "component_verify_ticket", component: component.appid })
        }
        return { errcode: 0, errmsg: "ok" }
      })
    )
})
