import { PluginManager } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as EncryptedTokenStore from "@effect-wechat/transport-https/EncryptedTokenStore"
import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
import { Config, Console, Effect, Layer } from "effect"

// TOKEN_KEY is 32 bytes in base64 (openssl rand -base64 32), the same on every server
const Store = EncryptedTokenStore.layerConfig({ key: Config.redacted("TOKEN_KEY") }).pipe(
  Layer.provide(RedisTokenStore.layerConfig({ url: Config.redacted("REDIS_URL") }))
)

const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(Store))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
