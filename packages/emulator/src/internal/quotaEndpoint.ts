import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Credential from "./credential.js"
import type { Endpoint } from "./endpoint.js"
import * as JsonPost from "./jsonPost.js"
import * as Quota from "./quota.js"
import * as State from "./state.js"

/** `POST /cgi-bin/clear_quota` */
export const make = (state: State.State): Endpoint => ({
  door: "quota",
  receive: (inbound) => {
    const { now, query } = inbound
    const credential = Credential.read(query, ["access_token"])
    const visit = JsonPost.visit(inbound, "clearQuota", (data) =>
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
    return { ...visit, credential }
  }
})
