/**
 * Encrypts the access tokens in any `TokenStore` (AES-256-GCM by WebCrypto: Node 20 or later, Bun, Deno).
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import type { ConfigError } from "effect/ConfigError"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { warnOnce } from "./internal/warnOnce.js"
import { TokenStore } from "./TokenStore.js"

/**
 * The key is not 32 bytes of base64. The error does not contain it.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidEncryptionKey extends Data.TaggedError("InvalidEncryptionKey")<{}> {
  override get message(): string {
    return "EncryptedTokenStore: the key must be 32 bytes in base64, such as `openssl rand -base64 32` prints"
  }
}

const algorithm = "AES-GCM"
const ivLength = 12

const importKey = (base64: Redacted.Redacted<string>) =>
  Effect.flatMap(
    Either.mapLeft(Encoding.decodeBase64(Redacted.value(base64).trim()), () => new InvalidEncryptionKey()),
    (bytes) =>
      bytes.length === 32
        ? Effect.promise(() =>
            crypto.subtle.importKey("raw", new Uint8Array(bytes), algorithm, false, ["encrypt", "decrypt"])
          )
        : Effect.fail(new InvalidEncryptionKey())
  )

type CryptoKey = Effect.Effect.Success<ReturnType<typeof importKey>>

/** Bound to its name in the store, so that no value can be put in place of another. */
const parametersOf = (name: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: algorithm,
  iv,
  additionalData: new TextEncoder().encode(name)
})

const seal = (key: CryptoKey, name: string, text: Redacted.Redacted<string>) =>
  Effect.map(
    Effect.promise(() => {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength))
      const bytes = new TextEncoder().encode(Redacted.value(text))
      return crypto.subtle
        .encrypt(parametersOf(name, iv), key, bytes)
        .then((sealed) => [iv, new Uint8Array(sealed)] as const)
    }),
    ([iv, sealed]) => Redacted.make(`${Encoding.encodeBase64(iv)}.${Encoding.encodeBase64(sealed)}`)
  )

/** None if it was not sealed with this key. */
const open = (key: CryptoKey, name: string, sealed: Redacted.Redacted<string>) =>
  Effect.gen(function* () {
    const [iv = "", data = ""] = Redacted.value(sealed).split(".")
    const parts = yield* Either.all([Encoding.decodeBase64(iv), Encoding.decodeBase64(data)])
    const [nonce, bytes] = parts.map((part) => new Uint8Array(part)) as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>
    ]
    const text = yield* Effect.tryPromise(() => crypto.subtle.decrypt(parametersOf(name, nonce), key, bytes))
    return Redacted.make(new TextDecoder().decode(text))
  }).pipe(Effect.option)

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** 32 bytes in base64, such as `openssl rand -base64 32` prints */
  readonly key: Redacted.Redacted<string>
}

/** Reads values that were sealed with this key; others count as absent. */
const make = (store: TokenStore.Service, cryptoKey: CryptoKey): TokenStore.Service => {
  const { warn } = warnOnce("The token store has values that were not sealed with this key: they count as absent.")

  const opened = (name: string, sealed: Redacted.Redacted<string>) =>
    Effect.tap(open(cryptoKey, name, sealed), (text) => (Option.isNone(text) ? warn() : Effect.void))

  return {
    get: (name) =>
      Effect.flatMap(
        store.get(name),
        Option.match({
          onNone: () => Effect.succeedNone,
          onSome: (sealed) => opened(name, sealed)
        })
      ),
    set: (name, value, timeToLive) =>
      Effect.flatMap(seal(cryptoKey, name, value), (sealed) => store.set(name, sealed, timeToLive)),
    removeIf: (name, value) =>
      Effect.gen(function* () {
        const sealed = yield* store.get(name)
        if (Option.isSome(sealed)) {
          const text = yield* opened(name, sealed.value)
          if (Option.isSome(text) && Redacted.value(text.value) === Redacted.value(value)) {
            yield* store.removeIf(name, sealed.value)
          }
        }
      }),
    // called on the store, which may be an instance of a class
    lease: (name, owner, timeToLive) => store.lease(name, owner, timeToLive),
    release: (name, owner) => store.release(name, owner)
  }
}

/**
 * Encrypts the values of the `TokenStore` that it is provided with. All processes that share the store need the same key. Values that were
 * sealed with another key count as absent, so after a change of the key tokens are fetched anew.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as EncryptedTokenStore from "@effect-wechat/transport-https/EncryptedTokenStore"
 * import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
 * import { Layer, Redacted } from "effect"
 *
 * const Store = EncryptedTokenStore.layer({ key: Redacted.make("… what openssl rand -base64 32 prints …") }).pipe(
 *   Layer.provide(RedisTokenStore.layer({ url: Redacted.make("redis://10.0.0.1") }))
 * )
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(Layer.provide(Store))
 * ```
 */
export const layer = ({ key }: Options): Layer.Layer<TokenStore, InvalidEncryptionKey, TokenStore> =>
  Layer.effect(
    TokenStore,
    Effect.zipWith(TokenStore, importKey(key), (store, cryptoKey) => make(store, cryptoKey))
  )

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: LayerConfig.Wrap<Options>
): Layer.Layer<TokenStore, InvalidEncryptionKey | ConfigError, TokenStore> => LayerConfig.make(options, layer)
