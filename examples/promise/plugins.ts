/**
 * For a code base without Effect: this module is the only one that knows of it. What it exports are Promises, plain
 * objects, and errors that are classes to tell apart with `instanceof` or by `_tag`.
 */
import { type Plugin, PluginManager, PluginManagerError } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Cause, Config, type Effect, Exit, ManagedRuntime } from "effect"

/** Built by the first call and kept for those that follow: the token too is fetched once. */
const runtime = ManagedRuntime.make(
  HttpsTransport.layerFetchConfig({
    appId: Config.string("WECHAT_APPID"),
    appSecret: Config.redacted("WECHAT_SECRET"),
    baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
  })
)

/** `runPromise` would reject with Effect's own wrapper of the error; this rejects with the error itself. */
const toPromise = async <A, E>(
  effect: Effect.Effect<A, E, ManagedRuntime.ManagedRuntime.Context<typeof runtime>>,
  signal: AbortSignal | undefined
): Promise<A> => {
  const exit = await runtime.runPromiseExit(effect, signal === undefined ? {} : { signal })
  if (Exit.isSuccess(exit)) {
    return exit.value
  }
  const error = Cause.squash(exit.cause)
  // an error of Config is data, and not an Error
  throw error instanceof Error ? error : new Error(String(error))
}

/** The plugins of the mini program. Rejects with one of the classes of `PluginManagerError`. */
export const listPlugins = async (signal?: AbortSignal): Promise<Array<Plugin.Plugin>> => [
  ...(await toPromise(PluginManager.getPluginList.pipe(PluginManager.retryTransient), signal))
]

/** To be called once, at the end of the program. */
export const close = (): Promise<void> => runtime.dispose()

export { PluginManagerError }
