import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { type Endpoint, WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as Redacted from "effect/Redacted"
import type { Credential } from "./credential.js"
import { type Answer, type Exchange, HttpExchange, NoAnswer } from "./exchange.js"
import { defaults, type Options } from "./options.js"
import { parseJson } from "./parseJson.js"
import { redactJson } from "./redactJson.js"

/** What a failure says of its request. */
export interface About {
  readonly api: string
  /** POST by default */
  readonly method?: "GET" | "POST"
  readonly path: string
}

export interface Request extends About {
  readonly endpoint: Endpoint
  /** the query parameter that carries the credential */
  readonly credential?: Credential
  /** what WeChat's few GET requests have in place of a body */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** what must not come back out of a reply */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

const isHttp = /^https?:/

const isOk = ({ status }: Answer) => status >= 200 && status < 300

/** 0 is a redirect that a browser's fetch hides */
const isRedirect = ({ status }: Answer) => status === 0 || (status >= 300 && status < 400)

/** A proxy's "later", not its "never". */
const passesByItself = ({ status }: Answer) => status >= 500 || status === 408 || status === 425 || status === 429

const describe = ({ header, status, text }: Answer) =>
  `HTTP ${status}, content-type ${(header("content-type") ?? "none").replace(/[^\x20-\x7e]/g, "").slice(0, 100)}, ${
    text === "" ? "an empty body" : "no JSON of WeChat's"
  }`

/** Sends JSON to WeChat and reads its reply by its body, not by its status or content-type: WeChat minds neither. */
export const make = Effect.fnUntraced(function* (
  options: Options,
  around: (exchange: Exchange) => Exchange = identity
) {
  const baseUrl = options.baseUrl ?? new URL(defaults.baseUrl)
  const prefix = baseUrl.origin + baseUrl.pathname.replace(/\/+$/, "")
  const exchange = around((yield* HttpExchange).make(options.maxBodySize ?? defaults.maxBodySize))
  const timeout = Duration.decode(options.timeout ?? defaults.timeout)
  const startDeadline = yield* Deadline.make(timeout)

  const failure = (
    { api, method = "POST", path }: About,
    reason: WechatTransportError["reason"],
    description: string,
    isRetryable = WechatTransportError.isTransient(reason)
  ) => new WechatTransportError({ api, reason, description: `${method} ${prefix}${path}: ${description}`, isRetryable })

  const late = (request: About) => failure(request, "timeout", `no reply within ${Duration.format(timeout)}`)

  const read = (request: Request, answer: Answer): Effect.Effect<Transport.Reply, WechatTransportError> => {
    const from = () => Redaction.make(request.secrets.map(Redacted.value))(describe(answer))
    if (isRedirect(answer)) {
      return Effect.fail(failure(request, "redirect", from()))
    }
    const json = parseJson(answer.text)
    const reply = Either.isRight(json)
      ? Transport.reply(redactJson(json.right, answer.text, request.secrets), request.endpoint)
      : undefined
    if (!isOk(answer) && (reply === undefined || reply.errcode === 0)) {
      return Effect.fail(failure(request, "status", from(), passesByItself(answer)))
    }
    return reply === undefined ? Effect.fail(failure(request, "body", from())) : Effect.succeed(reply)
  }

  let last: { readonly credential: Credential; readonly query: string } | undefined

  /** The same for call after call, until there is a new token. */
  const queryOf = (credential: Credential) => {
    if (last?.credential !== credential) {
      const query = `?${credential.parameter}=${encodeURIComponent(Redacted.value(credential.value))}`
      last = { credential, query }
    }
    return last.query
  }

  const send = (
    request: Request,
    deadline: Deadline.Deadline
  ): Effect.Effect<Transport.Reply, WechatTransportError> => {
    const { body, credential, headers, method, path, query } = request
    if (!isHttp.test(prefix)) {
      const description = `baseUrl must begin with https: or http:, not ${baseUrl.protocol}`
      return Effect.fail(failure(request, "connection", description, false))
    }
    const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`
    const url = prefix + path + (credential === undefined ? search : queryOf(credential))
    return Effect.withFiberRuntime((fiber) =>
      Effect.async((resume) => {
        const disarm = deadline.arm(() => {
          resume(Effect.fail(late(request)))
          giveUp()
        })
        const json = method === "GET" ? undefined : JSON.stringify(body)
        const onEnd = (outcome: Answer | NoAnswer) => {
          disarm()
          resume(
            outcome instanceof NoAnswer
              ? Effect.fail(failure(request, outcome.reason, outcome.description))
              : read(request, outcome)
          )
        }
        const giveUp = exchange(url, json, fiber, onEnd, headers)
        return Effect.sync(() => {
          disarm()
          giveUp()
        })
      })
    )
  }

  return { send, startDeadline, failure, late, timeout, server: baseUrl }
})

export type Client = Effect.Effect.Success<ReturnType<typeof make>>
