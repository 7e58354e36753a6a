/**
 * Access tokens in files, for the programs of one machine.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import * as FileSystem from "@effect/platform/FileSystem"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeFileStore } from "./internal/stores/file.js"
import { openFolder } from "./internal/stores/folder.js"
import { TokenStore, type TokenStoreError } from "./TokenStore.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** a folder on a disk of this machine */
  readonly directory: string
}

/**
 * A `TokenStore` in a folder. The folder is made if it is absent, for its owner only (0700); its files are 0600. A folder that others may write to
 * is a `TokenStoreError`. A file that is not a token counts as absent.
 *
 * **Gotchas** Leases are not safe on network disks.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import * as FileTokenStore from "@effect-wechat/transport-https/FileTokenStore"
 * import { NodeFileSystem } from "@effect/platform-node"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = NodeTransport.layerNode({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(FileTokenStore.layer({ directory: "/var/lib/my-shop/tokens" })),
 *   Layer.provide(NodeFileSystem.layer)
 * )
 * ```
 */
export const layer = ({ directory }: Options): Layer.Layer<TokenStore, TokenStoreError, FileSystem.FileSystem> =>
  Layer.effect(
    TokenStore,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      yield* openFolder(fs, directory)
      return makeFileStore(fs, directory)
    })
  )

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: LayerConfig.Wrap<Options>
): Layer.Layer<TokenStore, TokenStoreError | ConfigError, FileSystem.FileSystem> => LayerConfig.make(options, layer)
