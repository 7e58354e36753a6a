import * as Operation from "@effect-wechat/plugin-manager/Operation"
import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import type { PluginManagerError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as PluginOperations from "@effect-wechat/plugin-manager/PluginOperations"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as MiniPrograms from "@effect-wechat/transport-https/MiniPrograms"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Failure, Outcome } from "../../AppResult.js"
import type { Change } from "../../Change.js"
import type { Target } from "./plan.js"
import type { Finding } from "./record.js"

/** Waits for the turn of a mini program. */
export type Turn = (appId: string) => Effect.Effect<void>

type Answer = Pick<Finding, "outcome" | "plugins">

type CallError = PluginManagerError | InvalidOptions

const failureOf = (error: CallError): Failure => ({
  tag: error._tag,
  category: error.category,
  ...("errcode" in error ? { errcode: error.errcode } : {}),
  message: error.message
})

const without = (outcome: Outcome): Answer => ({ outcome, plugins: [] })

const isOpen = ({ status }: Plugin) => status === "applying" || status === "approved"

/** What a change would do to a mini program with these plugins. */
const foresee = (change: Change, plugins: ReadonlyArray<Plugin>): Outcome => {
  const own = plugins.find(({ appid }) => appid === change.pluginAppid)
  switch (change.kind) {
    case "apply":
      return own !== undefined && isOpen(own) ? "unchanged" : "wouldChange"
    case "unbind":
      return own === undefined ? "unchanged" : "wouldChange"
    case "update":
      return own?.status === "approved" ? "wouldChange" : "unchanged"
  }
}

// safe to repeat, since 89237 is read as done
const apply = Operation.call({ ...PluginOperations.applyPlugin, idempotent: true })
const unbind = Operation.call(PluginOperations.unbindPlugin)
// without the tag ThirdPartyPlatform: WeChat itself refuses the call (89256) where the credential is not a platform's
const update = Operation.call(PluginOperations.updatePlugin)

const make = (change: Change, hasCalled: Effect.Effect<boolean>, turn: Effect.Effect<void>) => {
  /** The state that was asked for exists already: our own earlier call made it if there was one. */
  const asBefore = () => Effect.map(hasCalled, (is) => without(is ? "changed" : "unchanged"))
  const call = <E>(self: Effect.Effect<void, E, Transport>) =>
    Effect.as(PluginManager.retryTransient(Effect.zipRight(turn, self)), without("changed"))
  const { pluginAppid } = change
  switch (change.kind) {
    case "apply":
      return Effect.catchTag(call(apply({ pluginAppid, reason: change.reason })), "PluginAlreadyAdded", asBefore)
    case "unbind":
      return Effect.catchTag(call(unbind({ pluginAppid })), "PluginNotAdded", asBefore)
    case "update":
      return call(update({ pluginAppid, userVersion: change.userVersion }))
  }
}

/**
 * Asks WeChat for one mini program: lists its plugins, or makes a change. Each attempt waits for its turn. An error of that mini program is
 * what was found.
 */
export const ask = (
  { appId, isRepeated }: Target,
  change: Change | undefined,
  turn: Turn
): Effect.Effect<Finding, never, MiniPrograms.MiniPrograms> =>
  Effect.gen(function* () {
    const attempts = yield* Ref.make(isRepeated ? 1 : 0)
    const counted = Effect.zipRight(
      turn(appId),
      Ref.update(attempts, (count) => count + 1)
    )
    const list = PluginManager.retryTransient(Effect.zipRight(counted, PluginManager.getPluginList))
    const answer: Effect.Effect<Answer, PluginManagerError, Transport> =
      change === undefined
        ? Effect.map(list, (plugins) => ({ outcome: "listed", plugins }))
        : change.dryRun === true
          ? Effect.map(list, (plugins) => without(foresee(change, plugins)))
          : make(
              change,
              Effect.map(Ref.get(attempts), (count) => count > 1),
              counted
            )
    return yield* answer.pipe(
      Effect.provide(MiniPrograms.transport(appId)),
      Effect.match({
        onFailure: (error) => ({ appId, outcome: "failed" as const, error: failureOf(error), plugins: [] }),
        onSuccess: (found) => ({ appId, ...found })
      })
    )
  })
