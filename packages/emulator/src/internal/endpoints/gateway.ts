import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as CloudbaseToken from "../tokens/cloudbase.js"
import type { Endpoint, Inbound, Visit } from "../http/endpoint.js"
import { type GatewayRequest, read } from "../gateway/request.js"
import * as Operations from "../domain/operations.js"
import { perform } from "../domain/perform.js"
import * as Protobuf from "../gateway/protobuf.js"
import * as Reply from "../http/reply.js"
import { actingFor, ownerOf } from "../domain/miniPrograms.js"
import type { State } from "../domain/state.js"

const protobuf = (reply: Protobuf.ApiReply, errcode: number | undefined): Reply.Reply =>
  Reply.make(200, "application/octet-stream", Protobuf.encodeReply(reply), errcode)

const wrap: Visit["wrap"] = (body, contentType, errcode) =>
  protobuf({ respData: typeof body === "string" ? new TextEncoder().encode(body) : body, contentType }, errcode)

const wrapAnswer = (answer: Reply.Answer): Reply.Reply => wrap(JSON.stringify(answer), Reply.wechatJson, answer.errcode)

export const errorReply = (errorCode: number): Reply.Reply => protobuf({ errorCode }, errorCode)

/** CloudBase's own refusals; the SDK knows them by this content-type and by no other spelling of it. */
const cloudbaseError = (code: string, message: string, requestId: string): Reply.Reply =>
  Reply.make(200, "application/json; charset=utf-8", JSON.stringify({ code, message, requestId }), undefined)

/** WeChat's part of it, once the gateway is content. */
const call = Effect.fnUntraced(function* (
  state: State,
  inbound: Inbound,
  { body, credential }: GatewayRequest,
  path: Operations.Path
) {
  const world = yield* Ref.get(state.world)
  const owner = ownerOf(world, body.envName)
  if (credential?.parameter === "wxCloudbaseAccesstoken") {
    const token = CloudbaseToken.check(owner.appid, Redacted.value(credential.value), inbound.now)
    if (token !== "valid") {
      return yield* Effect.fail(token === "expired" ? 42001 : 40001)
    }
  }
  return yield* perform(state, yield* actingFor(world, owner, body.appid), path, body.data, inbound)
})

const reply = Effect.fnUntraced(function* (state: State, inbound: Inbound, request: GatewayRequest) {
  const { config } = state
  const { action, body, keyId, message } = request
  const refuse = (code: string, text: string) => cloudbaseError(code, text, inbound.rid)
  if (keyId !== config.secretId) {
    return refuse("SIGN_PARAM_INVALID", "the secretId of the signature is not known")
  }
  if (action !== "wx.openApi" || message === undefined) {
    return refuse("INVALID_PARAM", `action ${action} cannot be carried out`)
  }
  const path = Operations.cloudApis.get(body.apiName)
  if (path === undefined) {
    return errorReply(-604100)
  }
  if (!config.permissions.includes(body.apiName)) {
    return errorReply(-604101)
  }
  return wrapAnswer(yield* Reply.settled(call(state, inbound, request, path), inbound.rid))
})

/** What is asked for, as the same request over HTTPS would have it. */
const operationOf = ({ body }: GatewayRequest): Visit["operation"] => {
  const path = Operations.cloudApis.get(body.apiName)
  return path === undefined ? undefined : Operations.find(path, body.data)?.operation
}

/** `POST /admin`, the gateway that wx-server-sdk talks to. */
export const make = (state: State): Endpoint => ({
  door: "gateway",
  receive: (inbound) =>
    Option.match(inbound.method === "POST" ? read(inbound) : Option.none(), {
      onNone: (): Visit => ({
        reply: Effect.succeed(cloudbaseError("INVALID_PARAM", "a multipart form must be posted", inbound.rid)),
        wrap
      }),
      onSome: (request): Visit => ({
        operation: operationOf(request),
        action: request.body.data["action"],
        credential: request.credential,
        body: request.body,
        reply: reply(state, inbound, request),
        wrap
      })
    })
})
