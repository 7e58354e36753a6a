import { WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"

/** Removes secrets from a text. */
type Redact = (text: string) => string

type Reason = WechatTransportError["reason"]

export const fail = (
  api: string,
  reason: Reason,
  description: string,
  isRetryable = WechatTransportError.isTransient(reason)
) => Effect.fail(new WechatTransportError({ api, reason, description, isRetryable }))

const field = (thrown: unknown, name: string): unknown =>
  Either.getOrUndefined(Either.try(() => (Object(thrown) as Readonly<Record<string, unknown>>)[name]))

const textOf = (thrown: unknown): string =>
  [thrown, field(thrown, "errMsg"), field(thrown, "message")].find((text) => typeof text === "string") ?? ""

/** `openapi.pluginManager.getPluginList:fail …` and, until 2.0.4, `…; at openapi.pluginManager.getPluginList api; ` */
const withoutFrame = (text: string) => {
  const errmsg = text.replace(/^(?:openapi\.)?\w+(?:\.\w+)*:fail ?/, "").replace(/(?:; )?at (?:\w+\.)+\w+ api; ?$/, "")
  return errmsg === "undefined" ? "" : errmsg
}

/** One short line of an unexpected text, without the URL that HTTP clients put there. */
const brief = (text: string) => {
  const line = withoutFrame(text)
    .replace(/\w+:\/\/\S+/g, "<url>")
    .replace(/\s+/g, " ")
    .trim()
  return line === "" ? "it does not say why" : line.length > 200 ? `${line.slice(0, 200)}…` : line
}

/** Whether the SDK or the CloudBase gateway answered instead of WeChat. */
const isGateway = (code: number, text: string) =>
  /^-(?:404|50[1-4]|60[124])\d{3}$/.test(String(code)) || text.startsWith("system error: error code: ")

/** Codes of the SDK that say only that something went wrong. */
const vague = new Set<number | undefined>([undefined, -1, -501001])

/** A gateway may recover from these HTTP statuses; from others it does not. */
const isTransientStatus = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429

const network: ReadonlyArray<
  readonly [
    reason: Reason,
    pattern: RegExp,
    describe: (match: string) => string,
    isRetryable: (match: string) => boolean
  ]
> = [
  [
    "timeout",
    /\b(?:request|connect) timeout\b|\bE(?:SOCKET)?TIMEDOUT\b/,
    (match) => `no reply from the gateway in the time that wx-server-sdk was given (${match})`,
    () => true
  ],
  [
    "status",
    /\b[1-5]\d\d(?= [^|]*\| \[)/,
    (match) => `the gateway answers HTTP ${match}, which wx-server-sdk does not read`,
    (match) => isTransientStatus(Number(match))
  ],
  [
    "connection",
    /\bE(?:CONN[A-Z]+|NOTFOUND|AI_AGAIN|(?:HOST|NET)(?:UNREACH|DOWN)|PIPE|PROTO|ADDRNOTAVAIL)\b|\bcertificate\b|\bsocket hang up\b|\baborted\b/,
    (match) => `the connection to the gateway failed (${match})`,
    () => true
  ]
]

export const missingKeys =
  'there are no keys to call with: run inside a cloud function, or set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY, or pass secretId and secretKey in `init` of CloudTransport.layer; if your own cloud.init has them, pass `credentials: "preset"`'

const hasNoKeys = /missing secretId or secretKey/

const isUninitialised = /please call init first/

/**
 * Refusals for which the SDK has no code of its own, so that it reports -501001: those of the environment (the SDK misspells INVALID_ENV) and
 * those of the keys. They get the codes of CloudBase's documentation.
 */
const unnumbered: ReadonlyArray<readonly [code: number, pattern: RegExp]> = [
  [-501005, /invalid.?env|\benv(?:ironment)?\b.*\b(?:invalid|not (?:exist|found))/i],
  [
    -501007,
    /\bsign(?:ature)?(?:\b|_)|secret[ _]?(?:id|key)|auth(?:oriz|entic)|\btoken has expired\b|\blogin check failed\b/i
  ]
]

/**
 * Maps what wx-server-sdk threw. An errcode, of WeChat or of the gateway, is a reply like any other; anything else is a transport error. The
 * thrown object, its cause and its stack go no further.
 */
export const fromThrown = (
  api: string,
  thrown: unknown,
  redact: Redact
): Effect.Effect<Transport.Reply, WechatTransportError> => {
  const code = Transport.toErrcode(field(thrown, "errCode"))
  const text = redact(textOf(thrown))
  const errmsg = withoutFrame(text)

  const isWechatBusy = code === -1 && /^system (?:error|busy)/.test(errmsg)
  if (vague.has(code) && !isWechatBusy) {
    for (const [reason, pattern, describe, isRetryable] of network) {
      const match = pattern.exec(errmsg)
      if (match !== null) {
        return fail(api, reason, describe(match[0]), isRetryable(match[0]))
      }
    }
  }
  if ((vague.has(code) || code === -501007) && hasNoKeys.test(text)) {
    return fail(api, "credential", missingKeys)
  }
  if (code === -601001 && /unknown wx response|invalid json/.test(errmsg)) {
    return fail(api, "body", "wx-server-sdk cannot read the gateway's reply, or WeChat's in it")
  }
  if (code === -1 && isUninitialised.test(errmsg)) {
    return fail(
      api,
      "credential",
      "wx-server-sdk is not initialised: call cloud.init before the first call, or pass `init` to CloudTransport.layer"
    )
  }
  // -1 is also the code of the SDK's own errors, and it throws 0 if WeChat sends "0" as a string
  if (code === undefined || code === 0 || (code === -1 && !isWechatBusy)) {
    return fail(api, "body", `wx-server-sdk failed: ${brief(text)}`)
  }
  const errcode = code === -501001 ? (unnumbered.find(([, pattern]) => pattern.test(errmsg))?.[0] ?? code) : code
  return Effect.succeed(Transport.reply({ errcode, errmsg }, isGateway(code, errmsg) ? "gateway" : "api"))
}

const remedies: Readonly<Record<string, string>> = {
  "mime-db": "wx-server-sdk needs mime-db and does not declare it: npm install mime-db",
  "wx-server-sdk": "wx-server-sdk is not installed: npm install wx-server-sdk"
}

/** The SDK cannot be loaded or initialised. Nothing was sent, and the caller has to provide what is missing. */
export const fromLoad = (api: string, thrown: unknown, redact: Redact) => {
  const line = redact(textOf(thrown)).split("\n", 1)[0] ?? ""
  const missing = /^Cannot find (?:module|package) ['"]([\w-]+)['"]/.exec(line)?.[1] ?? ""
  return fail(api, "credential", remedies[missing] ?? `wx-server-sdk cannot be loaded or initialised: ${brief(line)}`)
}
