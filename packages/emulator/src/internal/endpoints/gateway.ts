import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { actingFor, ownerOf } from "../domain/miniPrograms.js"
import * as Operations from "../domain/operations.js"
import { perform } from "../domain/perform.js"
import type { State } from "../domain/state.js"
import { cloudbaseError, gatewayError, wrap, wrapAnswer } from "../gateway/reply.js"
import { type GatewayRequest, read } from "../gateway/request.js"
import type { Endpoint, Handling, Request } from "../http/endpoint.js"
import * as Reply from "../http/reply.js"
import * as Cloudbase from "../tokens/cloudbase.js"

/** What WeChat does with a call that the gateway has accepted. */
const call = Effect.fnUntraced(function* (
  state: State,
  request: Request,
  { body, credential }: GatewayRequest,
  path: Operations.Path
) {
  const world = yield* Ref.get(state.world)
  const owner = ownerOf(world, body.envName)
  if (credential?.parameter === "wxCloudbaseAccesstoken") {
    const token = Cloudbase.check(owner.appid, Redacted.value(credential.value), request.now)
    if (token !== "valid") {
      return yield* Effect.fail(token === "expired" ? 42001 : 40001)
    }
  }
  return yield* perform(state, yield* actingFor(world, owner, body.appid), path, body.data, request.now)
})

const reply = Effect.fnUntraced(function* (state: State, request: Request, form: GatewayRequest) {
  const { config } = state
  const { action, body, keyId, message } = form
  if (keyId !== config.secretId) {
    return cloudbaseError("SIGN_PARAM_INVALID", "the secretId of the signature is not known", request.rid)
  }
  if (action !== "wx.openApi" || message === undefined) {
    return cloudbaseError("INVALID_PARAM", `action ${action} cannot be carried out`, request.rid)
  }
  const path = Operations.cloudApis.get(body.apiName)
  if (path === undefined) {
    return gatewayError(-604100)
  }
  if (!config.permissions.includes(body.apiName)) {
    return gatewayError(-604101)
  }
  return wrapAnswer(yield* Reply.settled(call(state, request, form, path), request.rid))
})

/** The operation that the same call would be over HTTPS. */
const operationOf = ({ body }: GatewayRequest): Handling["operation"] => {
  const path = Operations.cloudApis.get(body.apiName)
  return path === undefined ? undefined : Operations.rules[path].find(body.data)?.operation
}

/** `POST /admin`, the gateway that wx-server-sdk calls. */
export const make = (state: State): Endpoint => ({
  name: "gateway",
  handle: (request) =>
    Option.match(request.method === "POST" ? read(request) : Option.none(), {
      onNone: (): Handling => ({
        reply: Effect.succeed(cloudbaseError("INVALID_PARAM", "a multipart form must be posted", request.rid)),
        wrap
      }),
      onSome: (form): Handling => ({
        operation: operationOf(form),
        action: form.body.data["action"],
        appid: Effect.map(Ref.get(state.world), (world) => form.body.appid ?? ownerOf(world, form.body.envName).appid),
        credential: form.credential,
        body: form.body,
        reply: reply(state, request, form),
        wrap
      })
    })
})
