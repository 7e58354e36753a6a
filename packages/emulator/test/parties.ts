import { Emulator, World } from "@effect-wechat/emulator"
import { Effect, Redacted } from "effect"
import { errcode, json, request } from "./support.js"

/** An applicant that may have two plugins, a developer that owns one, and a component that the applicant authorized. */
export const world = World.make({
  miniPrograms: [
    { appid: "wx-applicant", pluginLimit: 2, sharesWith: ["wx-developer"] },
    { appid: "wx-developer", env: "developer-env", nickname: "D" },
    { appid: "wx-third" }
  ],
  plugins: [
    { appid: "wx-plugin", owner: "wx-developer", versions: ["1.0.0", "2.2.46"], grayVersions: ["3.0.0"] },
    { appid: "wx-open", autoApproves: true },
    { appid: "wx-live", autoApproves: true, isLive: true },
    { appid: "wx-closed", refuses: 89236 },
    { appid: "wx-linked", refuses: 89245 },
    { appid: "wx-special", refuses: 89246 }
  ],
  components: [{ appid: "wx-component", authorizations: [{ appid: "wx-applicant" }] }]
})

export const provide = Effect.provide(Emulator.layer({ world }))

const post = (path: string, body: object) => request(path, { body: JSON.stringify(body) })

/** Calls the API as that mini program, with its own token. */
export const as = (appid: string) => (path: string, body: object) =>
  Effect.gen(function* () {
    const wechat = yield* Emulator.Emulator
    const { appSecret } = yield* wechat.miniProgram(appid)
    const secret = Redacted.value(appSecret)
    const token = yield* post("/cgi-bin/stable_token", { grant_type: "client_credential", appid, secret })
    const { access_token } = json(token) as { readonly access_token: string }
    return yield* post(`${path}?access_token=${access_token}`, body)
  })

const applicantCalls = as("wx-applicant")
const developerCalls = as("wx-developer")

export const apply = (plugin_appid: string, reason?: string) =>
  Effect.map(applicantCalls("/wxa/plugin", { action: "apply", plugin_appid, reason }), errcode)

export const unbind = (plugin_appid: string) =>
  Effect.map(applicantCalls("/wxa/plugin", { action: "unbind", plugin_appid }), errcode)

export const decide = (action: string, fields: object = { appid: "wx-applicant" }) =>
  Effect.map(developerCalls("/wxa/devplugin", { action, ...fields }), errcode)

/** The appid and status of each plugin of the applicant. */
export const listed = Effect.map(applicantCalls("/wxa/plugin", { action: "list" }), (reply) =>
  (json(reply) as { plugin_list: ReadonlyArray<World.PluginListItem> }).plugin_list.map(({ appid, status }) => [
    appid,
    status
  ])
)

/** The applications that the developer lists. */
export const received = (page?: unknown, num?: unknown) =>
  Effect.map(
    developerCalls("/wxa/devplugin", { action: "dev_apply_list", page, num }),
    (reply) => json(reply) as { readonly errcode: number; readonly apply_list?: ReadonlyArray<Record<string, unknown>> }
  )

/** Exchanges a code as the developer of `wx-plugin`: its openpid, or the errcode. */
export const openpid = (code: unknown) =>
  Effect.map(developerCalls("/wxa/getpluginopenpid", { code }), (reply) => {
    const { errcode, openpid } = json(reply) as { readonly errcode: number; readonly openpid?: string }
    return errcode === 0 ? openpid : errcode
  })

/** The component's token for the applicant. */
export const authorizerToken = Effect.gen(function* () {
  const component = (yield* (yield* Emulator.Emulator).world).components[0]!
  const tokenReply = yield* post("/cgi-bin/component/api_component_token", {
    component_appid: component.appid,
    component_appsecret: Redacted.value(component.appSecret),
    component_verify_ticket: Redacted.value(component.verifyTicket)
  })
  const { component_access_token } = json(tokenReply) as { readonly component_access_token: string }
  const reply = yield* post(
    `/cgi-bin/component/api_authorizer_token?component_access_token=${component_access_token}`,
    {
      component_appid: component.appid,
      authorizer_appid: "wx-applicant",
      authorizer_refresh_token: "refreshtoken@@@made-up-of-the-emulator"
    }
  )
  return json(reply) as {
    readonly errcode?: number
    readonly authorizer_access_token: string
    readonly expires_in: number
    readonly authorizer_refresh_token: string
  }
})
