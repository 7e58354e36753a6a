import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import type { Endpoint } from "@effect-wechat/plugin-manager/PluginManagerError"
import { WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import type * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { RuntimeFiber } from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import type { Credential } from "../../Credential.js"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { HttpsOptions } from "../../HttpsOptions.js"
import { type Exchange, HttpExchange, type Outcome } from "./exchange.js"
import { readReply, Unreadable } from "./readReply.js"
import { resolve, type Settings } from "./settings.js"

/** The API that a request is for, as failures name it. */
export interface Route {
  readonly api: string
  /** POST by default */
  readonly method?: "GET" | "POST"
  readonly path: string
}

export interface Request extends Route {
  readonly endpoint: Endpoint
  /** for WeChat's few GET requests, which have no body */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** secrets to remove from the reply, in addition to the credential */
  readonly secrets?: ReadonlyArray<Redacted.Redacted<string>>
  /** a secret that is sent and that a success returns for further use: it is removed from every other reply */
  readonly returned?: Redacted.Redacted<string>
}

type Replied = Effect.Effect<Transport.Reply, WechatTransportError>

const noSecrets: ReadonlyArray<Redacted.Redacted<string>> = []

/** What a credential adds to every request that is sent with it. */
interface Sent {
  /** `undefined` if the credential has characters that no credential of WeChat's has */
  readonly query: string | undefined
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

/** Made once for each credential, which lives for thousands of calls. */
const sentOf = new WeakMap<Credential, Sent>()

const withCredential = (credential: Credential): Sent => {
  let sent = sentOf.get(credential)
  if (sent === undefined) {
    const value = Redacted.value(credential.value)
    const query = /^[!-~]+$/.test(value) ? `?${credential.parameter}=${encodeURIComponent(value)}` : undefined
    sent = { query, secrets: [credential.value] }
    sentOf.set(credential, sent)
  }
  return sent
}

const withoutCredential = (query: Request["query"]): Sent => ({
  query: query === undefined ? "" : `?${new URLSearchParams(query).toString()}`,
  secrets: noSecrets
})

/** Sends JSON to WeChat. It judges a reply by its body, not by its status or content-type, since WeChat sets neither reliably. */
export class Client {
  constructor(
    readonly settings: Settings,
    private readonly exchange: Exchange,
    readonly startDeadline: () => Deadline.Deadline
  ) {}

  /** The same client, with its exchange wrapped. */
  around(wrap: (exchange: Exchange) => Exchange): Client {
    return new Client(this.settings, wrap(this.exchange), this.startDeadline)
  }

  failure(
    { api, method = "POST", path }: Route,
    reason: WechatTransportError["reason"],
    description: string,
    isRetryable = WechatTransportError.isTransient(reason)
  ): WechatTransportError {
    const { prefix } = this.settings
    return new WechatTransportError({
      api,
      reason,
      description: `${method} ${prefix}${path}: ${description}`,
      isRetryable
    })
  }

  late(route: Route): WechatTransportError {
    return this.failure(route, "timeout", `no reply within ${Duration.format(this.settings.timeout)}`)
  }

  send(request: Request, deadline: Deadline.Deadline): Replied {
    return Effect.withFiberRuntime((caller) => this.sendAs(caller, request, deadline))
  }

  /**
   * Sends a request in the name of a fiber, and continues with `onReply` in the step in which the reply arrives: a fiber's step costs as
   * much as the whole rest of a call over undici.
   */
  sendAs(
    caller: RuntimeFiber<unknown, unknown>,
    request: Request,
    deadline: Deadline.Deadline,
    credential?: Credential,
    onReply: (reply: Transport.Reply) => Replied = Effect.succeed
  ): Replied {
    const { body, headers, method, path, query, returned, secrets: others } = request
    const sent = credential === undefined ? withoutCredential(query) : withCredential(credential)
    if (sent.query === undefined) {
      const description = "the credential has characters that no credential of WeChat's has: check its source"
      return Effect.fail(this.failure(request, "credential", description))
    }
    const json = method === "GET" ? Either.right(undefined) : Either.try(() => JSON.stringify(body))
    if (Either.isLeft(json)) {
      return Effect.fail(this.failure(request, "body", "the request cannot be written as JSON", false))
    }
    const url = this.settings.prefix + path + sent.query
    const secrets = others === undefined ? sent.secrets : [...sent.secrets, ...others]
    return Effect.async((resume) => {
      const disarm = deadline.arm(() => {
        resume(Effect.fail(this.late(request)))
        giveUp()
      })
      const onEnd = (outcome: Outcome) => {
        disarm()
        const read = readReply(request.endpoint, outcome, secrets, returned)
        resume(
          read instanceof Unreadable
            ? Effect.fail(this.failure(request, read.reason, read.description, read.isRetryable))
            : onReply(read)
        )
      }
      const giveUp = this.exchange(url, json.right, caller, onEnd, headers)
      return Effect.sync(() => {
        disarm()
        giveUp()
      })
    })
  }
}

/** One client serves all mini programs and tokens of a layer. */
export const make = Effect.fnUntraced(function* (
  options: HttpsOptions
): Effect.fn.Return<Client, InvalidOptions, HttpExchange> {
  const settings = yield* resolve(options)
  const exchange = (yield* HttpExchange).make(settings.maxBodySize)
  return new Client(settings, exchange, yield* Deadline.make(settings.timeout))
})
