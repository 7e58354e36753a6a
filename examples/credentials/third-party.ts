import { PluginManager } from "@effect-wechat/plugin-manager"
import { MiniPrograms } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { KeyValueStore } from "@effect/platform"
import { NodeKeyValueStore } from "@effect/platform-node"
import { Config, Console, Effect, Layer, Redacted } from "effect"

// Another program receives WeChat's pushes (tickets, authorizations) and writes them into this store.
const read = (key: string) =>
  Effect.flatMap(KeyValueStore.KeyValueStore, (store) => Effect.map(Effect.flatten(store.get(key)), Redacted.make))

const Platform = NodeTransport.layerNodeThirdPartyMiniProgramsConfig({
  componentAppId: Config.string("WECHAT_COMPONENT_APPID"),
  componentAppSecret: Config.redacted("WECHAT_COMPONENT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined)),
  verifyTicket: read("component_verify_ticket"),
  refreshToken: read,
  onRefreshToken: (appId, refreshToken) =>
    Effect.flatMap(KeyValueStore.KeyValueStore, (store) => store.set(appId, Redacted.value(refreshToken)))
}).pipe(
  Layer.provide(Layer.unwrapEffect(Effect.map(Config.string("STATE_DIRECTORY"), NodeKeyValueStore.layerFileSystem)))
)

const program = Effect.gen(function* () {
  const appIds = (yield* Config.string("WECHAT_APPIDS")).split(",")
  for (const appId of appIds) {
    yield* Effect.flatMap(PluginManager.getPluginList, Console.log).pipe(Effect.provide(MiniPrograms.transport(appId)))
  }
})

await Effect.runPromise(Effect.provide(program, Platform))
