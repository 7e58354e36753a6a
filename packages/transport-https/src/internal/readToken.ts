import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { About, Client } from "./client.js"
import { TokenRefused } from "./credential.js"
import type { Token } from "./tokenKeeper.js"

/** The token in the reply of an endpoint that hands them out, in a field that not all of them name alike. */
export const readToken =
  (client: Client, request: About, field = "access_token") =>
  (reply: Reply): Effect.Effect<Token, TokenRefused | WechatTransportError> => {
    if (reply.errcode !== 0) {
      return Effect.fail(new TokenRefused({ reply }))
    }
    const { [field]: value, expires_in: seconds }: Record<string, unknown> = Object(reply.body)
    return typeof value === "string" && value !== "" && typeof seconds === "number" && seconds > 0
      ? Effect.succeed({ value: Redacted.make(value), lifetime: seconds * 1000 })
      : Effect.fail(client.failure(request, "body", `the reply has no ${field} with an expires_in in seconds`))
  }
