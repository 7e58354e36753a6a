import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { it } from "@effect/vitest"
import { expect } from "vitest"

type Errors = typeof PluginManagerError
type ErrcodeClass = Extract<Errors[keyof Errors], { readonly codes: unknown }>

const isErrcodeClass = (value: unknown): value is ErrcodeClass =>
  typeof value === "function" && "codes" in value && "fromReply" in value

const ofErrcodes = Object.values(PluginManagerError)
  .filter(isErrcodeClass)
  .flatMap((Class) =>
    (Class.codes.length === 0 ? [1] : Class.codes).map((errcode) => ({
      isTransient: Class.isTransient,
      error: Class.fromReply({
        api: "pluginManager.applyPlugin",
        endpoint: "api",
        errcode: errcode as never,
        errmsg: "text of WeChat's",
        requestId: "rid-1",
        isRetryable: false
      })
    }))
  )

const ofTransports = PluginManagerError.TransportReason.literals.map((reason) => ({
  isTransient: PluginManagerError.WechatTransportError.isTransient(reason),
  error: new PluginManagerError.WechatTransportError({
    api: "pluginManager.applyPlugin",
    reason,
    description: "what happened",
    isRetryable: false
  })
}))

const pluginAppid = "wx1"
const ofPrograms = [
  new PluginManagerError.WechatDecodeError({ api: "pluginManager.applyPlugin", issue: "what is wrong" }),
  new PluginManagerError.InvalidPayload({ api: "pluginManager.applyPlugin", issue: "what is wrong" }),
  new PluginManagerError.ApplicationRefused({ pluginAppid }),
  new PluginManagerError.ApplicationRefused({ pluginAppid, reason: "why" }),
  new PluginManagerError.ApplicationTimedOut({ pluginAppid }),
  new PluginManagerError.ApplicationTimedOut({ pluginAppid, reason: "why" }),
  new PluginManagerError.ApplicationUndecided({ pluginAppid, status: "applying" }),
  new PluginManagerError.PluginNotAppliedFor({ pluginAppid })
].map((error) => ({ isTransient: error.isRetryable, error }))

// what programs match on and people read: a change shows in review. To change it on purpose: npx vitest run --project plugin-manager --update
it("every error has its tag, category, message and hints", async () => {
  const lines = [...ofErrcodes, ...ofTransports, ...ofPrograms].flatMap(({ error, isTransient }) => [
    `## ${error._tag} (${error.category}${isTransient ? ", transient" : ""})`,
    "",
    error.message,
    "",
    error.hint.zh,
    ""
  ])
  await expect(lines.join("\n")).toMatchFileSnapshot("errorTable.md")
})
