import { Emulator } from "@effect-wechat/emulator"
import { Transport } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { Context, Effect, Layer } from "effect"
import { keyOf } from "../src/internal/tokens/tokenSource.js"
import { https, list } from "./support.js"

/** Two machines of one app, over one emulator and one store. */
export const machines = Effect.gen(function* () {
  const machine = Effect.map(Layer.build(Layer.fresh(https())), (context) =>
    Effect.provideService(list, Transport.Transport, Context.get(context, Transport.Transport))
  )
  return [yield* machine, yield* machine] as const
})

export const plainTransport = Layer.unwrapEffect(
  Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) =>
    HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
      Layer.provide(AccessToken.layerPlain({ appId, appSecret, baseUrl: url }))
    )
  )
)

export const withStore = (
  store: Layer.Layer<TokenStore.TokenStore> = TokenStore.layerMemory,
  options?: Emulator.Options
) => Effect.provide(Layer.merge(Emulator.layer(options), store))

export const tokenRequests = Effect.gen(function* () {
  const { journal } = yield* Emulator.Emulator
  const bodies = (yield* journal)
    .filter(({ endpoint }) => endpoint === "token")
    .map(({ body }) => body as { force_refresh?: boolean } | undefined)
  return {
    normal: bodies.filter((body) => !body?.force_refresh).length,
    forced: bodies.filter((body) => body?.force_refresh).length
  }
})

/** The name of the emulator's stable token in a store. */
export const key = ({ appId, appSecret, url }: Emulator.Emulator.Service) => keyOf(appId, "stable", { url }, appSecret)
