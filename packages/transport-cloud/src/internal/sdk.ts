import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import type { CloudOptions, Init, WxServerSdk } from "../CloudOptions.js"

/**
 * Makes one call by WeChat's name. It is a plain function, since namespaces of `cloud.openapi` are thenables: a promise that is resolved with
 * one sends `pluginManager.then` to WeChat and never settles.
 */
export type Invoke = (api: string, body: unknown) => PromiseLike<unknown>

/** What `cloud.openapi` and each path below it is at runtime. */
interface OpenApi {
  (argument: unknown): OpenApi & PromiseLike<unknown>
  readonly [name: string]: OpenApi
}

/** The longest that timers can wait. */
const maxMillis = 2 ** 31 - 1

/** Leaves out options without a value: the SDK checks `"secretId" in config`. */
const configOf = (
  { env, secretId, secretKey, serviceUrl, sessionToken, ...init }: Init,
  timeout: Duration.Duration
) => {
  const millis = Math.ceil(Duration.toMillis(init.timeout ?? timeout))
  return {
    ...(env === undefined ? {} : { env }),
    ...(secretId === undefined ? {} : { secretId, secretKey: Redacted.value(secretKey) }),
    ...(sessionToken === undefined ? {} : { sessionToken: Redacted.value(sessionToken) }),
    ...(serviceUrl === undefined ? {} : { serviceUrl }),
    ...(millis > maxMillis ? {} : { timeout: millis })
  }
}

const instanceOf = (sdk: WxServerSdk, init: Init | undefined, timeout: Duration.Duration): WxServerSdk => {
  if (init === undefined) {
    return sdk
  }
  const config = configOf(init, timeout) as never
  if (sdk.createNewInstance !== undefined) {
    return sdk.createNewInstance(config)
  }
  sdk.init?.(config)
  return sdk
}

/** The SDK is what has an `openapi`: the module itself, or the `default` of its namespace. */
const find = (loaded: WxServerSdk | { readonly default: WxServerSdk } | null | undefined): WxServerSdk | undefined =>
  [Object(loaded).default, loaded].find((module) => Object(module).openapi !== undefined)

const invokeOf =
  (sdk: WxServerSdk, appid: string | undefined): Invoke =>
  (api, body) => {
    const openapi = sdk.openapi as OpenApi
    const root = appid === undefined ? openapi : openapi({ appid })
    return Promise.resolve(api.split(".").reduce((node, name) => node[name] as OpenApi, root)(body))
  }

/** Loads the SDK when it is first asked for, once for all who ask; a failure is forgotten, so that the next one asks anew. */
export const connect = (
  { appid, cloud, init }: CloudOptions,
  timeout: Duration.Duration
): (() => PromiseLike<Invoke>) => {
  let pending: Promise<Invoke> | undefined

  const start = (loaded: Parameters<typeof find>[0]) => {
    const sdk = find(loaded)
    return sdk === undefined
      ? Promise.reject(new TypeError("it has no `openapi`"))
      : invokeOf(instanceOf(sdk, init, timeout), appid)
  }
  const load = () =>
    typeof cloud === "function" ? Promise.resolve().then(cloud).then(start) : Promise.resolve().then(() => start(cloud))

  return () => {
    if (pending === undefined) {
      pending = load()
      pending.then(undefined, () => {
        pending = undefined
      })
    }
    return pending
  }
}
