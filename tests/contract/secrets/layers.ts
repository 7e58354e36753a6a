import { Emulator, World } from "@effect-wechat/emulator"
import type { Transport } from "@effect-wechat/plugin-manager"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import * as Signed from "@effect-wechat/test-support/signing"
import { AccessToken, HttpsTransport, MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import * as EncryptedTokenStore from "@effect-wechat/transport-https/EncryptedTokenStore"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { FetchHttpClient, type HttpClient } from "@effect/platform"
import { Effect, Layer, Redacted } from "effect"
import { overSdk } from "../subjects.js"
import { afterCall, afterRejection, atFirst, type Door } from "./doors.js"

/** Secrets with every kind of character that an encoding changes. */
const made = (name: string) => `${name}/s3cret+with=many&signs~and_letters*of!its-own`

const app = made("app")
const component = made("component")
const ticket = made("ticket@@@")
const refreshToken = made("refreshtoken@@@")
const authorization = `Bearer ${made("central")}`
const secretKey = made("cloud")
const sessionToken = made("session")
const storeKey = Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")

const signedSecret = Redacted.value(Signed.world.miniPrograms[0].appSecret)

const appId = "wx00000000000000a1"

const world = World.make({
  miniPrograms: [{ appid: appId, appSecret: app }],
  plugins: [{ appid: "wx-plugin", nickname: "插件" }],
  applications: [{ applicant: appId, plugin: "wx-plugin", status: 2 }],
  components: [
    {
      appid: "wx-platform",
      appSecret: component,
      verifyTicket: ticket,
      authorizations: [{ appid: appId, refreshToken }]
    }
  ]
})

type WeChat = Layer.Layer<Transport.Transport, unknown, Emulator.Emulator>

export interface Subject {
  readonly name: string
  readonly emulator: Emulator.Options
  readonly layer: WeChat
  readonly doors: ReadonlyArray<Door>
  /** what the layer was given and does not send */
  readonly kept: ReadonlyArray<string>
}

const ofEmulator = (make: (emulator: Emulator.Emulator.Service) => WeChat): WeChat => Emulator.layerFrom(make)

const options = (emulator: Emulator.Emulator.Service) => ({
  appId: emulator.appId,
  appSecret: emulator.appSecret,
  baseUrl: emulator.url
})

const withToken = (
  token: (emulator: Emulator.Emulator.Service) => Layer.Layer<AccessToken.AccessToken, unknown, HttpClient.HttpClient>
) =>
  ofEmulator((emulator) =>
    HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
      Layer.provide(token(emulator)),
      Layer.provide(HttpsTransport.layerFetchClient)
    )
  )

/** A token service of one's own, which asks the emulator and passes on whatever it answers. */
const central = Layer.unwrapScoped(
  Effect.gen(function* () {
    const { url } = yield* Emulator.Emulator
    const service = yield* httpServer((request, response) => {
      request.resume()
      const body = JSON.stringify({ grant_type: "client_credential", appid: appId, secret: app })
      fetch(new URL("/cgi-bin/stable_token", url), { method: "POST", body, redirect: "manual" })
        .then(async (reply) => {
          const header = (name: string) => reply.headers.get(name) ?? ""
          response.writeHead(reply.status, { "content-type": header("content-type"), location: header("location") })
          response.end(await reply.text())
        })
        .catch(() => response.destroy())
    })
    return withToken(() =>
      AccessToken.layerCentral({ url: service.url, appId, authorization: Redacted.make(authorization) })
    )
  })
)

const https = (name: string, layer: WeChat, change: Partial<Subject> = {}): Subject => ({
  name,
  emulator: { world },
  layer,
  doors: [atFirst([app]), afterRejection([app]), afterCall("plugin")],
  kept: [],
  ...change
})

const withStore = <E>(store: Layer.Layer<TokenStore.TokenStore, E>) =>
  ofEmulator((emulator) => Layer.provide(HttpsTransport.layerFetch(options(emulator)), store))

/** The ways to WeChat. */
export const clients: ReadonlyArray<Subject> = [
  https("layerFetch", withStore(TokenStore.layerMemory)),
  https(
    "layer over undici",
    ofEmulator((emulator) => Layer.provide(HttpsTransport.layer(options(emulator)), UndiciHttpClient.layer()))
  ),
  https(
    "layer over FetchHttpClient",
    ofEmulator((emulator) => Layer.provide(HttpsTransport.layer(options(emulator)), FetchHttpClient.layer))
  ),
  https(
    "an encrypted store",
    withStore(Layer.provide(EncryptedTokenStore.layer({ key: Redacted.make(storeKey) }), TokenStore.layerMemory)),
    { kept: [storeKey] }
  ),
  https(
    "RequestSigning",
    ofEmulator((emulator) => Layer.provide(HttpsTransport.layerFetch(options(emulator)), Signed.Signing)),
    {
      emulator: { world: Signed.world },
      doors: [atFirst([signedSecret]), afterRejection([signedSecret]), afterCall("plugin")],
      kept: [Signed.symmetricKey.key, ...Signed.pairs.app.privateKey.split("\n").slice(1, -2)]
    }
  ),
  ...["wx-server-sdk", "wx-server-sdk-3"].map((sdk): Subject => ({
    name: `CloudTransport over ${sdk}`,
    emulator: { world, secretKey: Redacted.make(secretKey) },
    layer: overSdk(sdk, { redirect: "status", sessionToken: Redacted.make(sessionToken) }).transport(appId),
    doors: [{ ...afterCall("gateway"), sent: [sessionToken, secretKey] }],
    kept: []
  }))
]

/** The ways to a token. */
export const tokens: ReadonlyArray<Subject> = [
  https(
    "the plain token",
    withToken((emulator) => AccessToken.layerPlain(options(emulator)))
  ),
  https(
    "a static token",
    withToken(({ issueToken }) =>
      Layer.unwrapEffect(Effect.map(issueToken, (accessToken) => AccessToken.layerStatic({ accessToken })))
    ),
    { doors: [afterCall("plugin")] }
  ),
  https("a central token", central, {
    doors: [atFirst([authorization]), afterRejection([authorization], "plugin"), afterCall("plugin")]
  }),
  https(
    "a cloudbase token",
    withToken(({ cloudbaseToken }) => AccessToken.layerCloudbase({ token: cloudbaseToken })),
    { doors: [afterCall("plugin")] }
  ),
  https(
    "MiniPrograms",
    ofEmulator(({ appSecret, url }) =>
      Layer.provide(
        MiniPrograms.transport(appId),
        MiniPrograms.layerFetch({ appSecret: () => Effect.succeed(appSecret), baseUrl: url })
      )
    )
  ),
  https(
    "ThirdPartyMiniPrograms",
    ofEmulator(({ url }) =>
      Layer.provide(
        MiniPrograms.transport(appId),
        ThirdPartyMiniPrograms.layerFetch({
          componentAppId: "wx-platform",
          componentAppSecret: Redacted.make(component),
          verifyTicket: Effect.succeed(Redacted.make(ticket)),
          refreshToken: () => Effect.succeed(Redacted.make(refreshToken)),
          onRefreshToken: () => Effect.void,
          baseUrl: url
        })
      )
    ),
    // the renewal is of the mini program's token, with the platform's own token
    { doors: [atFirst([component, ticket]), afterRejection([refreshToken], "token"), afterCall("plugin")] }
  )
]
