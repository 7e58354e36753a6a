import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { Credential, GatewayBody } from "../../Journal.js"
import type { Inbound } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Multipart from "./multipart.js"
import * as Protobuf from "./protobuf.js"

/** A form of wx-server-sdk, taken apart. */
export interface GatewayRequest {
  readonly action: string
  readonly body: GatewayBody
  /** Absent when the protobuf message could not be read. */
  readonly message: Protobuf.ApiRequest | undefined
  readonly credential: Credential | undefined
  /** The id of the Tencent Cloud key pair that signed the request. */
  readonly keyId: string | undefined
}

const header = (inbound: Inbound, name: string): string => {
  const value = inbound.headers[name]
  return typeof value === "string" ? value : ""
}

const pairData = (message: Protobuf.ApiRequest | undefined): Json.JsonObject =>
  Object.fromEntries(
    (message?.openapiData.pairs ?? []).map(({ key, value }) => {
      const text = Json.text(value)
      return [key, Option.getOrElse(Json.parse(text), () => text)]
    })
  )

const credentialOf = (field: (name: string) => string): Credential | undefined =>
  (["wxCloudApiToken", "wxCloudbaseAccesstoken"] as const).flatMap((parameter) => {
    const value = field(parameter)
    return value === "" ? [] : [{ parameter, value: Redacted.make(value) }]
  })[0]

/** TC3 in a header since 2.x; before that a q-sign in a part of the form. */
const keyIdOf = (inbound: Inbound, field: (name: string) => string): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(header(inbound, "authorization"))?.[1] ??
  /(?:^|&)q-ak=([^&]+)/.exec(field("authorization"))?.[1]

export const read = (inbound: Inbound): Option.Option<GatewayRequest> =>
  Multipart.boundary(header(inbound, "content-type")).pipe(
    Option.flatMap((boundary) => Multipart.parse(inbound.body, boundary)),
    Option.map((parts) => {
      const part = (name: string) => parts.find((part) => part.name === name)?.body ?? new Uint8Array()
      const field = (name: string) => Json.text(part(name))
      const message = Option.getOrUndefined(Protobuf.decodeRequest(part("requestData")))
      return {
        action: field("action"),
        body: {
          apiName: field("apiName"),
          ...(message?.appid === undefined ? {} : { appid: message.appid }),
          data: pairData(message),
          partNames: parts.map(({ name }) => name),
          envName: field("envName")
        },
        message,
        credential: credentialOf(field),
        keyId: keyIdOf(inbound, field)
      }
    })
  )
