import { type CloudOptions, CloudTransport } from "@effect-wechat/transport-cloud"
import { Transport, type Call, type Reply } from "@effect-wechat/plugin-manager/Transport"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import { Effect, Layer, type Scope } from "effect"

export const api = "pluginManager.getPluginList"

export const list: Call = { api, path: "/wxa/plugin", body: { action: "list" } }

export const call = (
  options: CloudOptions.CloudOptions,
  request: Call = list
): Effect.Effect<Reply, WechatTransportError> =>
  Effect.flatMap(Transport, (transport) => transport.call(request)).pipe(
    Effect.provide(Layer.orDie(CloudTransport.layer(options)))
  )

export const ok = { errCode: 0, errMsg: `openapi.${api}:ok` }

type Handler = (request: { readonly api: string; readonly options: object; readonly data: unknown }) => unknown

/** Proxies as wx-server-sdk makes them: every name below `openapi` is a call, `then` too. */
const proxy = (handler: Handler, options: object, paths: ReadonlyArray<string>): object =>
  new Proxy(() => {}, {
    get: (_, name) => proxy(handler, options, [...paths, String(name)]),
    apply: (_, __, [argument]: ReadonlyArray<unknown>) =>
      paths.length === 0
        ? proxy(handler, argument as object, [])
        : handler({ api: paths.join("."), options, data: argument })
  })

/** A structural wx-server-sdk. */
export const fake = (handler: Handler): CloudOptions.WxServerSdk => ({ openapi: proxy(handler, {}, []) })

export const answering = (result: unknown) => fake(() => Promise.resolve(result))

export const throwing = (thrown: unknown) => fake(() => Promise.reject(thrown))

/** The SDK's own class, which it does not export: the getter hides `message` behind code and name. */
export class CloudSDKError extends Error {
  constructor(
    readonly errCode: unknown,
    readonly errMsg: unknown
  ) {
    super(String(errMsg))
    Object.defineProperty(this, "message", { get: () => `errCode: ${String(errCode)}  | errMsg: ${String(errMsg)}` })
  }
}

/** What the SDK makes of whatever else was thrown. */
export const sdkError = (errCode: unknown, errMsg: string) => Object.assign(new Error(errMsg), { errCode, errMsg })

const names = [
  "TENCENTCLOUD_SECRETID",
  "TENCENTCLOUD_SECRETKEY",
  "TENCENTCLOUD_SESSIONTOKEN",
  "TCB_SESSIONTOKEN",
  "WX_API_TOKEN",
  "WX_TRIGGER_API_TOKEN_V0",
  "WX_CLOUDBASE_ACCESSTOKEN"
] as const

export type Environment = { readonly [name in (typeof names)[number]]?: string }

export const setEnvironment = (environment: Environment) => {
  for (const name of names) {
    if (environment[name] === undefined) {
      delete process.env[name]
    } else {
      process.env[name] = environment[name]
    }
  }
}

/** These variables and none else of the kind, until the scope is closed. */
export const environment = (environment: Environment): Effect.Effect<void, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const before = Object.fromEntries(names.map((name) => [name, process.env[name]]))
      setEnvironment(environment)
      return before
    }),
    (before) => Effect.sync(() => setEnvironment(before as Environment))
  ).pipe(Effect.asVoid)

export const keys: Environment = { TENCENTCLOUD_SECRETID: "AKIDexample", TENCENTCLOUD_SECRETKEY: "k3y-of-the-function" }
