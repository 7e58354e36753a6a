import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Quota from "../domain/quota.js"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Credential from "../security/credential.js"

/** `POST /cgi-bin/clear_quota` */
export const make = (state: State.State): Endpoint => ({
  name: "quota",
  handle: (request) => {
    const { now, query } = request
    const credential = Credential.read(query, ["access_token"])
    const handling = JsonPost.handle(request, "clearQuota", "appid", (data) =>
      Effect.gen(function* () {
        const { appid } = yield* yield* Credential.resolve(state, credential, now)
        if (data["appid"] !== appid) {
          return yield* Effect.fail(40013)
        }
        yield* State.spend(state, appid, "clearQuota", now)
        yield* Ref.update(state.usage, (usage) => Quota.clear(usage, appid))
        return { errcode: 0, errmsg: "ok" }
      })
    )
    return { ...handling, credential, appid: Credential.accountOf(state, credential, now) }
  }
})
