import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { Credential, GatewayBody } from "../../Journal.js"
import { header, type Request } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Multipart from "./multipart.js"
import * as Protobuf from "./protobuf.js"

/** A decoded form of wx-server-sdk. */
export interface GatewayRequest {
  readonly action: string
  readonly body: GatewayBody
  /** `undefined` if the protobuf message could not be decoded. */
  readonly message: Protobuf.ApiRequest | undefined
  readonly credential: Credential | undefined
  /** The id of the Tencent Cloud key pair that signed the request. */
  readonly keyId: string | undefined
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

/** SDK 2.x and later sign with a TC3 header, earlier versions with a q-sign in a part of the form. */
const keyIdOf = (request: Request, field: (name: string) => string): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(header(request, "authorization"))?.[1] ??
  /(?:^|&)q-ak=([^&]+)/.exec(field("authorization"))?.[1]

/** Decodes the form; none if the body is not a multipart form. */
export const read = (request: Request): Option.Option<GatewayRequest> =>
  Multipart.boundary(header(request, "content-type")).pipe(
    Option.flatMap((boundary) => Multipart.parse(request.body, boundary)),
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
        keyId: keyIdOf(request, field)
      }
    })
  )
