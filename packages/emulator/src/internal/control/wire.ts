import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { optional } from "../domain/schema.js"

/** The JSON of `Journal.Endpoint`. */
export const Endpoint = Schema.Literal("token", "component", "plugin", "gateway", "quota")

const Operation = Schema.Literal(
  "pluginManager.getPluginList",
  "pluginManager.applyPlugin",
  "pluginManager.unbindPlugin",
  "pluginManager.updatePlugin",
  "pluginManager.getPluginDevApplyList",
  "pluginManager.setDevPluginApplyStatus",
  "auth.getPluginOpenPId",
  "getStableAccessToken",
  "getAccessToken",
  "getComponentAccessToken",
  "getAuthorizerAccessToken",
  "startPushTicket",
  "getPreAuthCode",
  "getAuthorizerRefreshToken",
  "getAuthorizerList",
  "getAuthorizerInfo",
  "clearQuota",
  "getApiQuota"
)

const Action = Schema.Literal(
  "list",
  "apply",
  "unbind",
  "update",
  "dev_apply_list",
  "dev_agree",
  "dev_refuse",
  "dev_delete"
)

const PositiveInt = Schema.Int.pipe(Schema.positive())

// JSON cannot express it
const Infinite = Schema.transform(
  Schema.Literal("Infinity"),
  Schema.Number.pipe(Schema.filter((times) => times === Number.POSITIVE_INFINITY)),
  { decode: () => Number.POSITIVE_INFINITY, encode: () => "Infinity" as const }
)

const order = {
  on: optional(Schema.Union(Endpoint, Operation, Action, Schema.Literal("any"))),
  nth: optional(PositiveInt),
  times: optional(Schema.Union(PositiveInt, Infinite))
}

/** A body. Bytes are encoded as `{ "base64": "..." }`. */
const Body = Schema.Union(
  Schema.String,
  Schema.transform(Schema.Struct({ base64: Schema.Uint8ArrayFromBase64 }), Schema.Uint8ArrayFromSelf, {
    decode: ({ base64 }) => base64,
    encode: (base64) => ({ base64 })
  })
)

/** The JSON of `Push.Options`. */
export const Push = Schema.Struct({
  event: Schema.Literal("component_verify_ticket", "authorized", "updateauthorized", "unauthorized"),
  component: optional(Schema.String),
  appid: optional(Schema.String),
  permissionSets: optional(Schema.Array(Schema.Int)),
  preAuthCode: optional(Schema.String),
  url: optional(Schema.String)
})

/** The JSON of `Push.Reply`. */
export const PushReply = Schema.Struct({ status: Schema.Int, text: Schema.String })

/** The JSON of `Fault.Fault`. */
export const Fault = Schema.Union(
  Schema.TaggedStruct("Errcode", { ...order, errcode: Schema.Int, errmsg: optional(Schema.String) }),
  Schema.TaggedStruct("Body", { ...order, body: Body, contentType: Schema.String }),
  Schema.TaggedStruct("Raw", {
    ...order,
    status: Schema.Int.pipe(Schema.between(200, 999)),
    headers: Schema.Record({ key: Schema.String, value: Schema.String }),
    body: Body
  }),
  Schema.TaggedStruct("GatewayError", { ...order, errorCode: Schema.Int }),
  Schema.TaggedStruct("Reset", order),
  Schema.TaggedStruct("Close", order),
  Schema.TaggedStruct("Truncate", order),
  Schema.TaggedStruct("Hold", order),
  Schema.TaggedStruct("Delay", { ...order, duration: Schema.DurationFromMillis }),
  Schema.TaggedStruct("Drip", { ...order, size: PositiveInt, pause: Schema.DurationFromMillis })
)

/** Hides credentials from clients of the control API. */
const Masked = Schema.transform(Schema.String, Schema.RedactedFromSelf(Schema.String), {
  decode: (text) => Redacted.make(text),
  encode: () => "<redacted>"
})

/** The JSON of `Journal.Entry`. */
export const Entry = Schema.Struct({
  seq: Schema.Int,
  endpoint: Schema.Union(Endpoint, Schema.Literal("unknown")),
  operation: optional(Operation),
  appid: optional(Schema.String),
  method: Schema.String,
  path: Schema.String,
  query: Schema.Record({ key: Schema.String, value: Schema.String }),
  credential: optional(
    Schema.Struct({
      parameter: Schema.Literal(
        "access_token",
        "cloudbase_access_token",
        "component_access_token",
        "wxCloudApiToken",
        "wxCloudbaseAccesstoken"
      ),
      value: Masked
    })
  ),
  contentType: optional(Schema.String),
  body: Schema.optional(Schema.Unknown),
  rawBody: optional(Schema.String),
  reply: Schema.Struct({
    status: optional(Schema.Int),
    errcode: optional(Schema.Int),
    fault: optional(Schema.String)
  })
})
