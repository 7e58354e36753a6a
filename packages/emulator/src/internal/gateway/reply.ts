import { type Answer, make, type Reply, wechatJson } from "../http/reply.js"
import * as Protobuf from "./protobuf.js"

const encode = (reply: Protobuf.ApiReply, errcode: number | undefined): Reply =>
  make(200, "application/octet-stream", Protobuf.encodeReply(reply), errcode)

/** A body of WeChat's API inside the gateway's protobuf reply. */
export const wrap = (body: string | Uint8Array, contentType: string, errcode: number | undefined): Reply =>
  encode({ respData: typeof body === "string" ? new TextEncoder().encode(body) : body, contentType }, errcode)

export const wrapAnswer = (answer: Answer): Reply => wrap(JSON.stringify(answer), wechatJson, answer.errcode)

/** A call that the gateway refused before it asked WeChat. */
export const gatewayError = (errorCode: number): Reply => encode({ errorCode }, errorCode)

/** A request that CloudBase refused. The SDK recognizes it by exactly this content-type. */
export const cloudbaseError = (code: string, message: string, requestId: string): Reply =>
  make(200, "application/json; charset=utf-8", JSON.stringify({ code, message, requestId }), undefined)
