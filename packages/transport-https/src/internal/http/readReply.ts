import type { Endpoint } from "@effect-wechat/plugin-manager/PluginManagerError"
import { WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import { type Answer, NoAnswer, type Outcome } from "./exchange.js"
import { parseJson } from "./parseJson.js"
import { redactJson } from "./redactJson.js"

const isOk = ({ status }: Answer) => status >= 200 && status < 300

/** 0 is a redirect that a browser's fetch hides */
const isRedirect = ({ status }: Answer) => status === 0 || (status >= 300 && status < 400)

/** A proxy may recover from these; from other statuses it does not. */
const isTransientStatus = ({ status }: Answer) => status >= 500 || status === 408 || status === 425 || status === 429

const describe = ({ header, status, text }: Answer) =>
  `HTTP ${status}, content-type ${(header("content-type") ?? "none").replace(/[^\x20-\x7e]/g, "").slice(0, 100)}, ${
    text === "" ? "an empty body" : "no JSON of WeChat's"
  }`

/** Why there is no reply in what came back. */
export class Unreadable {
  constructor(
    readonly reason: WechatTransportError["reason"],
    readonly description: string,
    readonly isRetryable = WechatTransportError.isTransient(reason)
  ) {}
}

/**
 * Reads WeChat's reply. WeChat cares neither for the status nor for the content-type, so the body decides; a status counts only if the body has no
 * errcode. A redirect is refused. Secrets that the reply echoes are removed; `returned` only if the reply is not a success.
 */
export const readReply = (
  endpoint: Endpoint,
  outcome: Outcome,
  secrets: ReadonlyArray<Redacted.Redacted<string>>,
  returned?: Redacted.Redacted<string>
): Transport.Reply | Unreadable => {
  if (outcome instanceof NoAnswer) {
    return new Unreadable(outcome.reason, outcome.description)
  }
  const all = returned === undefined ? secrets : [...secrets, returned]
  const description = () => Redaction.make(all.map(Redacted.value))(describe(outcome))
  if (isRedirect(outcome)) {
    return new Unreadable("redirect", description())
  }
  const json = parseJson(outcome.text)
  const secretsOf = (read: unknown) =>
    returned !== undefined && Transport.reply(read, endpoint).errcode === 0 ? secrets : all
  const reply = Either.isRight(json)
    ? Transport.reply(redactJson(json.right, outcome.text, secretsOf(json.right)), endpoint)
    : undefined
  if (!isOk(outcome) && (reply === undefined || reply.errcode === 0)) {
    return new Unreadable("status", description(), isTransientStatus(outcome))
  }
  return reply ?? new Unreadable("body", description())
}
