import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import protobuf from "protobufjs/light.js"

const root = protobuf.Root.fromJSON({
  nested: {
    ApiType: { values: { OPEN_API: 0, INNER_API: 1, SVRKIT_API: 2, TOKEN_API: 3 } },
    Pair: {
      fields: {
        key: { type: "string", id: 1 },
        value: { type: "bytes", id: 2 },
        contenttype: { type: "string", id: 3 },
        filename: { type: "string", id: 4 }
      }
    },
    OpenApiData: { fields: { pairs: { rule: "repeated", type: "Pair", id: 1 } } },
    CommApiData: {
      fields: {
        apiType: { type: "ApiType", id: 1 },
        openapiData: { type: "OpenApiData", id: 2 },
        appid: { type: "string", id: 6 }
      }
    },
    Header: { fields: { key: { type: "string", id: 1 }, value: { type: "string", id: 2 } } },
    CommOpenApiResp: {
      fields: {
        respData: { type: "bytes", id: 1 },
        contentType: { type: "string", id: 2 },
        errorCode: { type: "int32", id: 3 },
        httpCode: { type: "uint32", id: 4 },
        headers: { rule: "repeated", type: "Header", id: 5 },
        svrkitErrorCode: { type: "int32", id: 6 }
      }
    }
  }
})

const CommApiData = root.lookupType("CommApiData")
const CommOpenApiResp = root.lookupType("CommOpenApiResp")

const ApiRequest = Schema.Struct({
  openapiData: Schema.Struct({
    pairs: Schema.Array(Schema.Struct({ key: Schema.String, value: Schema.Uint8ArrayFromSelf }))
  }),
  appid: Schema.optionalWith(Schema.NonEmptyString, { exact: true })
})

export type ApiRequest = typeof ApiRequest.Type

const message = Option.liftThrowable((bytes: Uint8Array): unknown =>
  CommApiData.toObject(CommApiData.decode(bytes), { arrays: true })
)

/** Decodes the `requestData` of a cloud call. */
export const decodeRequest = (bytes: Uint8Array): Option.Option<ApiRequest> =>
  Option.flatMap(message(bytes), Schema.decodeUnknownOption(ApiRequest))

/** The fields of `CommOpenApiResp` that the SDK reads. */
export interface ApiReply {
  readonly respData?: Uint8Array
  readonly contentType?: string
  readonly errorCode?: number
}

export const encodeReply = (reply: ApiReply): Uint8Array =>
  CommOpenApiResp.encode(CommOpenApiResp.create({ ...reply })).finish()
