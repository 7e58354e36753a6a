import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import { MiniPrograms } from "@effect-wechat/transport-https/MiniPrograms"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

export interface OwnCredentials {
  /** read for each token, so that a new secret takes effect at once */
  readonly appSecret: (appId: string) => Promise<string>
  /** a token from elsewhere, which is used instead of the secret; undefined if the mini program has none */
  readonly accessToken?: ((appId: string) => string | undefined | Promise<string | undefined>) | undefined
}

export interface PlatformCredentials {
  readonly componentAppId: string
  readonly componentAppSecret: string
  readonly verifyTicket: () => Promise<string>
  readonly refreshToken: (appId: string) => Promise<string>
  readonly onRefreshToken: (appId: string, refreshToken: string) => Promise<void>
}

export type Credentials = OwnCredentials | PlatformCredentials

type BaseUrl = string | URL | undefined

const secret = (read: () => Promise<string>) => Effect.map(Effect.tryPromise(read), Redacted.make)

/** Secrets, and for some mini programs a token instead. */
const own = ({ accessToken = () => undefined, appSecret }: OwnCredentials, baseUrl: BaseUrl) => {
  const withToken = (token: string) =>
    Effect.map(
      Layer.build(
        HttpsTransport.layerAccessToken({ baseUrl }).pipe(
          Layer.provide(AccessToken.layerStatic({ accessToken: Redacted.make(token) })),
          Layer.provide(NodeTransport.layerNodeClient())
        )
      ),
      (context) => Context.get(context, Transport)
    )
  return Layer.effect(
    MiniPrograms,
    Effect.map(MiniPrograms, ({ transport }) => ({
      transport: (appId) =>
        Effect.flatMap(
          // whoever cannot find the token looks for the secret, and says so
          Effect.orElseSucceed(
            Effect.tryPromise(async () => accessToken(appId)),
            () => undefined
          ),
          (token) => (token === undefined ? transport(appId) : withToken(token))
        )
    }))
  ).pipe(
    Layer.provide(
      NodeTransport.layerNodeMiniPrograms({ baseUrl, appSecret: (appId) => secret(() => appSecret(appId)) })
    )
  )
}

const platform = (credentials: PlatformCredentials, baseUrl: BaseUrl) =>
  NodeTransport.layerNodeThirdPartyMiniPrograms({
    baseUrl,
    componentAppId: credentials.componentAppId,
    componentAppSecret: Redacted.make(credentials.componentAppSecret),
    verifyTicket: secret(credentials.verifyTicket),
    refreshToken: (appId) => secret(() => credentials.refreshToken(appId)),
    onRefreshToken: (appId, token) => Effect.tryPromise(() => credentials.onRefreshToken(appId, Redacted.value(token)))
  })

export const miniPrograms = (credentials: Credentials, baseUrl: BaseUrl): Layer.Layer<MiniPrograms, InvalidOptions> =>
  "componentAppId" in credentials ? platform(credentials, baseUrl) : own(credentials, baseUrl)
