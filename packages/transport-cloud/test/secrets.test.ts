import { inspect } from "node:util"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { type CloudOptions, CloudTransport } from "@effect-wechat/transport-cloud"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Redacted } from "effect"
import { answering, api, CloudSDKError, environment, fake, ok, sdkError, setEnvironment, throwing } from "./support.js"

const secrets = {
  // one is a part of another, and one has what a pattern would read otherwise
  own: "k3y-of-my-own",
  token: "k3y-of-my-own-t0ken",
  TENCENTCLOUD_SECRETKEY: "env-k3y-$&",
  TENCENTCLOUD_SESSIONTOKEN: "env-s3ssion",
  TCB_SESSIONTOKEN: "tcb-s3ssion",
  WX_API_TOKEN: "wx-t0ken",
  WX_TRIGGER_API_TOKEN_V0: "trigger-t0ken",
  WX_CLOUDBASE_ACCESSTOKEN: "cloudbase-t0ken"
}
const all = Object.values(secrets).join(" ")
const { own, token, ...variables } = secrets

const init = { secretId: "AKIDown", secretKey: Redacted.make(own), sessionToken: Redacted.make(token) }

const views = (error: object) => [
  String(error),
  JSON.stringify(error),
  inspect(error, { depth: 9, showHidden: true }),
  Cause.pretty(Cause.fail(error)),
  ...Object.values(error).map(String)
]

const failure = (cloud: CloudOptions.WxServerSdk) =>
  Effect.flip(Effect.provide(PluginManager.getPluginList, CloudTransport.layer({ cloud, init })))

const cases: ReadonlyArray<readonly [string, CloudOptions.WxServerSdk, tag: string]> = [
  ["an errcode", throwing(new CloudSDKError(40164, `openapi.${api}:fail ${all}`)), "IpNotAllowed"],
  ["the gateway", throwing(sdkError(-501007, `openapi.${api}:fail -501007 x. ${all}`)), "CloudRequestInvalid"],
  ["an accident", throwing(Object.assign(new Error(all), { config: secrets })), "WechatTransportError"],
  ["a string", throwing(all), "WechatTransportError"],
  ["a network failure", throwing(sdkError(-501001, `x:fail read ECONNRESET ${all}`)), "WechatTransportError"],
  ["a reply that cannot be decoded", answering({ pluginList: all, ...ok }), "WechatDecodeError"],
  ["one deeper", answering({ pluginList: [{ appid: 1, status: all, nickname: [all] }], ...ok }), "WechatDecodeError"],
  [
    "its instance",
    {
      openapi: {},
      createNewInstance: (config: object) => {
        throw new Error(`bad config ${JSON.stringify(config)} ${all}`)
      }
    },
    "WechatTransportError"
  ]
]

describe("no secret comes out of", () => {
  it.scoped.each(cases)("%s", ([, cloud, tag]) =>
    Effect.gen(function* () {
      yield* environment({ TENCENTCLOUD_SECRETID: "AKID", ...variables })
      const error = yield* failure(
        cloud.createNewInstance === undefined ? { ...cloud, createNewInstance: () => cloud } : cloud
      )
      assert.strictEqual(error._tag, tag)
      for (const view of views(error)) {
        for (const secret of Object.values(secrets)) {
          assert.notInclude(view, secret)
        }
        assert.notInclude(view, "-t0ken")
      }
    })
  )

  it.scoped("a failure after the platform renewed its tokens", () =>
    Effect.gen(function* () {
      yield* environment({ WX_API_TOKEN: "old-t0ken" })
      const cloud = fake(() => {
        setEnvironment({ WX_API_TOKEN: "new-t0ken" })
        return Promise.reject(new CloudSDKError(40001, `openapi.${api}:fail old-t0ken new-t0ken`))
      })
      const error = yield* failure({ ...cloud, createNewInstance: () => cloud })
      assert.strictEqual(error._tag === "CredentialRejected" && error.errmsg, "<redacted> <redacted>")
    })
  )
})
