import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Operations from "../domain/operations.js"
import * as Quota from "../domain/quota.js"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Credential from "../security/credential.js"

/** `POST /cgi-bin/openapi/quota/get` */
export const make = (state: State.State): Endpoint => ({
  name: "quota",
  handle: (request) => {
    const { now, query } = request
    const credential = Credential.read(query, ["access_token"])
    const handling = JsonPost.handle(request, "getApiQuota", "appid", ({ cgi_path: path }) =>
      Effect.gen(function* () {
        const { appid } = yield* yield* Credential.resolve(state, credential, now)
        yield* State.spend(state, appid, "getApiQuota", now)
        if (typeof path !== "string" || !path.startsWith("/")) {
          return yield* Effect.fail(76003)
        }
        const operations = Operations.of(path).map(
          (operation) => [operation, state.config.quotas[operation] ?? {}] as const
        )
        if (operations.length === 0) {
          return yield* Effect.fail(76021)
        }
        const usage = yield* Ref.get(state.usage)
        return { errcode: 0, errmsg: "ok", quota: Quota.today(usage, appid, operations, now) }
      })
    )
    return { ...handling, credential, appid: Credential.accountOf(state, credential, now) }
  }
})
