/**
 * For a code base without Effect: only this module imports it. It exports functions that return Promises of plain objects, and the error
 * classes, which have a `_tag` to tell them apart.
 */
import { type Plugin, PluginManager, PluginManagerError } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Cause, Config, type Effect, Exit, ManagedRuntime } from "effect"

/** Built by the first call and reused by later calls, so the token is fetched once. */
const runtime = ManagedRuntime.make(
  NodeTransport.layerNodeConfig({
    appId: Config.string("WECHAT_APPID"),
    appSecret: Config.redacted("WECHAT_SECRET"),
    baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
  })
)

/** `runPromise` rejects with Effect's wrapper around the error. This function rejects with the error itself. */
const toPromise = async <A, E>(
  effect: Effect.Effect<A, E, ManagedRuntime.ManagedRuntime.Context<typeof runtime>>,
  signal: AbortSignal | undefined
): Promise<A> => {
  const exit = await runtime.runPromiseExit(effect, signal === undefined ? {} : { signal })
  if (Exit.isSuccess(exit)) {
    return exit.value
  }
  const error = Cause.squash(exit.cause)
  // a ConfigError is not an instance of Error
  throw error instanceof Error ? error : new Error(String(error))
}

/** Returns the plugins of the mini program. Rejects with one of the classes of `PluginManagerError`. */
export const listPlugins = async (signal?: AbortSignal): Promise<Array<Plugin.Plugin>> => [
  ...(await toPromise(PluginManager.getPluginList.pipe(PluginManager.retryTransient), signal))
]

/** Call it once, at the end of the program. */
export const close = (): Promise<void> => runtime.dispose()

export { PluginManagerError }
