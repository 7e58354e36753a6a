import { createHash } from "node:crypto"
import * as Redacted from "effect/Redacted"
import type { Authorization, Component } from "../../World.js"
import type { IndexedWorld } from "../domain/application.js"
import { byAppid } from "../domain/miniPrograms.js"

const madeUp = (kind: string, ...parts: ReadonlyArray<unknown>) =>
  Redacted.make(`${kind}@@@${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}`)

const replace = (world: IndexedWorld, after: Component): IndexedWorld => ({
  ...world,
  components: world.components.map((component) => (component.appid === after.appid ? after : component))
})

/** The component has a new ticket. */
export const renewTicket = (world: IndexedWorld, component: Component): readonly [Component, IndexedWorld] => {
  const verifyTicket = madeUp("ticket", component.appid, Redacted.value(component.verifyTicket))
  const after = { ...component, verifyTicket }
  return [after, replace(world, after)]
}

/** The mini program authorizes the component, for the first time or anew. */
export const authorize = (
  world: IndexedWorld,
  component: Component,
  { appid, permissionSets }: Pick<Authorization, "appid"> & Partial<Authorization>,
  now: number
): IndexedWorld => {
  const before = byAppid(component.authorizations).get(appid)
  const authorization: Authorization = {
    appid,
    refreshToken: madeUp("refreshtoken", component.appid, appid, before && Redacted.value(before.refreshToken)),
    permissionSets: permissionSets ?? before?.permissionSets ?? [40],
    isBroken: false,
    authTime: Math.floor(now / 1000)
  }
  return replace(world, {
    ...component,
    authorizations: [...component.authorizations.filter((one) => one !== before), authorization]
  })
}

/** The mini program takes its authorization back. */
export const revoke = (world: IndexedWorld, component: Component, appid: string): IndexedWorld =>
  replace(world, { ...component, authorizations: component.authorizations.filter((one) => one.appid !== appid) })
