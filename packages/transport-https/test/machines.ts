import { Emulator } from "@effect-wechat/emulator"
import { Transport } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { type Clock, Context, Duration, Effect, Layer } from "effect"
import { keyOf } from "../src/internal/tokens/tokenSource.js"
import { https, list } from "./support.js"

/** A machine whose time of day is ahead of that of the others. */
export const machine = (ahead: Duration.DurationInput = 0) =>
  Effect.clockWith((clock) => {
    const now = () => clock.unsafeCurrentTimeMillis() + Duration.toMillis(ahead)
    const own: Clock.Clock = Object.create(clock, {
      unsafeCurrentTimeMillis: { value: now },
      currentTimeMillis: { value: Effect.sync(now) }
    })
    return Effect.map(Effect.withClock(Layer.build(Layer.fresh(https())), own), (context) =>
      Effect.provideService(list, Transport.Transport, Context.get(context, Transport.Transport))
    )
  })

/** Two machines of one app, over one emulator and one store. */
export const machines = Effect.all([machine(), machine()])

export const plainTransport = Emulator.layerFrom(({ appId, appSecret, url }) =>
  HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
    Layer.provide(AccessToken.layerPlain({ appId, appSecret, baseUrl: url }))
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
