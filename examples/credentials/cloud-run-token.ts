import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { NodeFileSystem } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"

const Token = AccessToken.layerCloudbaseFileConfig({
  // without it: /.tencentcloudbase/wx/cloudbase_access_token, where cloud run writes the token
  path: Config.string("CLOUDBASE_TOKEN_FILE").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(NodeFileSystem.layer))

const WeChat = HttpsTransport.layerAccessTokenConfig({
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(Token), Layer.provide(NodeTransport.layerNodeClient()))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
