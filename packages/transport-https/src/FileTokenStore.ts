/**
 * Access tokens in files, for the programs of one machine.
 *
 * @since 0.1.0
 */
import type * as PlatformError from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeFileStore } from "./internal/fileStore.js"
import { TokenStore, TokenStoreError } from "./TokenStore.js"

/**
 * A `TokenStore` in a folder, which is made where there is none, for its owner alone (0700); its files are 0600. Files that cannot be
 * read as tokens are as good as none.
 *
 * **Gotchas** The folder has to be on a disk of the machine: on network disks leases are not safe.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as FileTokenStore from "@effect-wechat/transport-https/FileTokenStore"
 * import { NodeFileSystem } from "@effect/platform-node"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(FileTokenStore.layer({ directory: "/var/lib/my-shop/tokens" })),
 *   Layer.provide(NodeFileSystem.layer)
 * )
 * ```
 */
export const layer = ({
  directory
}: {
  readonly directory: string
}): Layer.Layer<TokenStore, TokenStoreError, FileSystem.FileSystem> =>
  Layer.effect(
    TokenStore,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      yield* Effect.mapError(
        fs.makeDirectory(directory, { recursive: true, mode: 0o700 }),
        (error: PlatformError.PlatformError) =>
          new TokenStoreError({
            operation: "connect",
            description: `the folder ${directory} cannot be made: ${error._tag}`
          })
      )
      return makeFileStore(fs, directory)
    })
  )
