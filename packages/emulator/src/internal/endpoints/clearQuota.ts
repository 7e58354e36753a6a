import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Credential from "../security/credential.js"
import type { Endpoint } from "../http/endpoint.js"
import type { JsonObject } from "../http/json.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Operations from "../domain/operations.js"
import * as Quota from "../domain/quota.js"
import type { Answering } from "../http/reply.js"
import * as State from "../domain/state.js"

const make = (
  state: State.State,
  operation: "clearQuota" | "getApiQuota",
  answer: (appid: string, data: JsonObject, now: number) => Answering
): Endpoint => ({
  door: "quota",
  receive: (inbound) => {
    const { now, query } = inbound
    const credential = Credential.read(query, ["access_token"])
    const visit = JsonPost.visit(inbound, operation, (data) =>
      Effect.gen(function* () {
        const { appid } = yield* yield* Credential.resolve(state, credential, now)
        yield* operation === "clearQuota" && data["appid"] !== appid ? Effect.fail(40013) : Effect.void
        yield* State.spend(state, appid, operation, now)
        return yield* answer(appid, data, now)
      })
    )
    return { ...visit, credential }
  }
})

/** `POST /cgi-bin/clear_quota` */
export const makeClear = (state: State.State): Endpoint =>
  make(state, "clearQuota", (appid) =>
    Effect.as(
      Ref.update(state.usage, (usage) => Quota.clear(usage, appid)),
      { errcode: 0, errmsg: "ok" }
    )
  )

/** `POST /cgi-bin/openapi/quota/get` */
export const makeGet = (state: State.State): Endpoint =>
  make(state, "getApiQuota", (appid, { cgi_path: path }, now) => {
    if (typeof path !== "string" || !path.startsWith("/")) {
      return Effect.fail(76003)
    }
    const operations = Operations.of(path).map(
      (operation) => [operation, state.config.quotas[operation] ?? {}] as const
    )
    return operations.length === 0
      ? Effect.fail(76021)
      : Effect.map(Ref.get(state.usage), (usage) => ({
          errcode: 0,
          errmsg: "ok",
          quota: Quota.today(usage, appid, operations, now)
        }))
  })
