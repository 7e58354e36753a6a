import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as actions from "./actions.js"
import type { Act, Endpoint, Inbound, Visit } from "./endpoint.js"
import { type GatewayRequest, read } from "./gatewayRequest.js"
import * as Protobuf from "./protobuf.js"
import * as Reply from "./reply.js"
import type { State } from "./state.js"

const protobuf = (reply: Protobuf.ApiReply, errcode: number | undefined): Reply.Reply =>
  Reply.make(200, "application/octet-stream", Protobuf.encodeReply(reply), errcode)

const wrap: Visit["wrap"] = (body, contentType, errcode) =>
  protobuf({ respData: typeof body === "string" ? new TextEncoder().encode(body) : body, contentType }, errcode)

const wrapAnswer = (answer: Reply.Answer): Reply.Reply => wrap(JSON.stringify(answer), Reply.wechatJson, answer.errcode)

export const errorReply = (errorCode: number): Reply.Reply => protobuf({ errorCode }, errorCode)

/** CloudBase's own refusals; the SDK knows them by this content-type and by no other spelling of it. */
const cloudbaseError = (code: string, message: string, requestId: string): Reply.Reply =>
  Reply.make(200, "application/json; charset=utf-8", JSON.stringify({ code, message, requestId }), undefined)

const apis = (state: State): ReadonlyMap<string, Act> =>
  new Map([["pluginManager.getPluginList", actions.plugin(state)]])

const reply = (state: State, inbound: Inbound, request: GatewayRequest): Effect.Effect<Reply.Reply> => {
  const { config } = state
  const { action, body, credential, keyId, message } = request
  const refuse = (code: string, text: string) => Effect.succeed(cloudbaseError(code, text, inbound.rid))
  if (keyId !== config.secretId) {
    return refuse("SIGN_PARAM_INVALID", "the secretId of the signature is not known")
  }
  if (action !== "wx.openApi" || message === undefined) {
    return refuse("INVALID_PARAM", `action ${action} cannot be carried out`)
  }
  const api = apis(state).get(body.apiName)
  if (api === undefined) {
    return Effect.succeed(errorReply(-604100))
  }
  if (!config.permissions.includes(body.apiName)) {
    return Effect.succeed(errorReply(-604101))
  }
  if (
    credential?.parameter === "wxCloudbaseAccesstoken" &&
    Redacted.value(credential.value) !== Redacted.value(config.cloudbaseToken)
  ) {
    return Effect.succeed(wrapAnswer(Reply.refusal(40001, inbound.rid)))
  }
  return Effect.map(api(body.data, inbound), wrapAnswer)
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
        credential: request.credential,
        body: request.body,
        reply: reply(state, inbound, request),
        wrap
      })
    })
})
