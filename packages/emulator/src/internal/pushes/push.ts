import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Options, Reply } from "../../Push.js"
import type { Component } from "../../World.js"
import type { IndexedWorld } from "../domain/application.js"
import * as MiniPrograms from "../domain/miniPrograms.js"
import type { State } from "../domain/state.js"
import * as PlatformCodes from "../tokens/platformCodes.js"
import { authorize, renewTicket, revoke } from "./authorizations.js"
import { type Sealed, seal } from "./seal.js"

type Fields = Readonly<Record<string, string>>

const seconds = (millis: number) => String(Math.floor(millis / 1000))

const toXml = (fields: Fields): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${/^\d+$/.test(value) ? value : `<![CDATA[${value}]]>`}</${name}>`)
    .join("")}</xml>`

const ticket = (world: IndexedWorld, component: Component): readonly [Fields, IndexedWorld] => {
  const [{ verifyTicket }, after] = renewTicket(world, component)
  return [{ ComponentVerifyTicket: Redacted.value(verifyTicket) }, after]
}

/** The fields of the event, and the world in which it has happened; a text is a mistake of the caller. */
const happen = (
  world: IndexedWorld,
  component: Component,
  { appid, event, permissionSets, preAuthCode }: Options,
  now: number
): readonly [Fields | string, IndexedWorld] => {
  if (event === "component_verify_ticket") {
    return ticket(world, component)
  }
  if (appid === undefined || !MiniPrograms.byAppid(world.miniPrograms).has(appid)) {
    return [`there is no mini program ${appid}`, world]
  }
  if (event === "unauthorized") {
    return [{ AuthorizerAppid: appid }, revoke(world, component, appid)]
  }
  const grant = { kind: "preauthcode", component: component.appid } as const
  const [pre, issued] =
    preAuthCode === undefined
      ? PlatformCodes.issue(world.platformCodes, grant, now)
      : [preAuthCode, world.platformCodes]
  const [used, codes] = PlatformCodes.use(issued, pre, grant, now)
  if (typeof used === "number") {
    return [`the preAuthCode is not valid (${used})`, world]
  }
  const [code, platformCodes] = PlatformCodes.issue(
    codes,
    { kind: "queryauthcode", component: component.appid, appid },
    now
  )
  const fields = {
    AuthorizerAppid: appid,
    AuthorizationCode: code,
    AuthorizationCodeExpiredTime: seconds(now + PlatformCodes.lifetimes.queryauthcode * 1000),
    PreAuthCode: pre
  }
  const changed = permissionSets === undefined ? { appid } : { appid, permissionSets }
  return [fields, { ...authorize(world, component, changed, now), platformCodes }]
}

const send = (target: string, { body, query }: Sealed): Effect.Effect<Reply> =>
  Effect.promise(async (signal) => {
    const url = new URL(target)
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, value)
    }
    const response = await fetch(url, { method: "POST", headers: { "content-type": "text/xml" }, body, signal })
    return { status: response.status, text: await response.text() }
  })

/** Lets an event happen, and pushes it to the platform. */
export const push: (state: State, options: Options) => Effect.Effect<Reply> = Effect.fnUntraced(
  function* (state, options) {
    const now = yield* state.time.now
    const { components } = yield* Ref.get(state.world)
    const component =
      options.component === undefined ? components[0] : MiniPrograms.byAppid(components).get(options.component)
    const url = options.url ?? component?.eventUrl
    if (component === undefined || url === undefined) {
      return yield* Effect.dieMessage(component === undefined ? "there is no such component" : "it has no eventUrl")
    }
    const fields = yield* Ref.modify(state.world, (world) => happen(world, component, options, now))
    if (typeof fields === "string") {
      return yield* Effect.dieMessage(fields)
    }
    const message = toXml({ AppId: component.appid, CreateTime: seconds(now), InfoType: options.event, ...fields })
    return yield* send(url, seal(component, message, now))
  }
)
