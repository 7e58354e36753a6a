import { Emulator, World } from "@effect-wechat/emulator"
import { PluginManager, type PluginManagerError } from "@effect-wechat/plugin-manager"
import { Effect, Layer, Record } from "effect"
import { layerPlatform } from "../platform.js"
import { overFetch, overSdk, type Subject } from "../subjects.js"
import type { Step } from "./model.js"
import { world } from "./steps.js"

const applicants = Object.keys(world.limits)

/** The world of the model, as the emulator has it. */
const emulated = World.make({
  miniPrograms: [
    { appid: world.owner, env: world.owner },
    ...Record.toEntries(world.limits).map(([appid, pluginLimit]) => ({ appid, pluginLimit, env: appid }))
  ],
  plugins: Record.toEntries(world.plugins).map(([appid, { grayVersions = [], isClosed, isOwned, versions = [] }]) => ({
    appid,
    versions,
    grayVersions,
    ...(isOwned ? { owner: world.owner } : {}),
    ...(isClosed ? { refuses: 89236 as const } : {})
  })),
  components: [{ appid: "wx-component", authorizations: applicants.map((appid) => ({ appid })) }]
})

const { applyPlugin, getPluginDevApplyList, getPluginList, setDevPluginApplyStatus, unbindPlugin, updatePlugin } =
  PluginManager

/** "ok", or the tag of the error. */
const told = Effect.match({
  onFailure: ({ _tag }: PluginManagerError.PluginManagerError) => _tag as string,
  onSuccess: () => "ok"
})

/** A WeChat of its own, all parties of which call over one transport. */
const make = Effect.fnUntraced(function* (subject: Subject) {
  const emulator = yield* Layer.build(Emulator.layer({ world: emulated }))
  const contexts = yield* Effect.forEach([world.owner, ...applicants], (appid) =>
    Effect.map(Layer.build(subject.transport(appid)), (context) => [appid, context] as const)
  ).pipe(Effect.provide(emulator))
  const transports = new Map(contexts)
  const as = (appid: string) => Effect.provide(transports.get(appid)!)
  const asOwner = as(world.owner)

  /** There is no cloud call of it, and the model says that it changes nothing that can be seen. */
  const update = ({ by, plugin, version }: Extract<Step, { _tag: "update" }>) =>
    subject.kind === "cloud"
      ? Effect.succeed("no cloud call")
      : told(updatePlugin({ pluginAppid: plugin, userVersion: version })).pipe(
          Effect.provide(Layer.orDie(layerPlatform(subject, by))),
          Effect.provide(emulator)
        )

  const perform = (step: Step): Effect.Effect<string> => {
    switch (step._tag) {
      case "apply":
        return told(applyPlugin({ pluginAppid: step.plugin, reason: step.reason })).pipe(as(step.by))
      case "unbind":
        return told(unbindPlugin({ pluginAppid: step.plugin })).pipe(as(step.by))
      case "update":
        return update(step)
      case "agree":
        return told(setDevPluginApplyStatus({ action: "agree", appid: step.appid })).pipe(asOwner)
      case "refuse":
        return told(setDevPluginApplyStatus({ action: "refuse", appid: step.appid, reason: step.reason })).pipe(asOwner)
      case "delete":
        return told(setDevPluginApplyStatus({ action: "delete", appid: step.appid })).pipe(asOwner)
      case "wait":
        return Effect.succeed("ok")
    }
  }

  // at the same time, since wx-server-sdk waits more than it works
  const concurrency = "unbounded"

  const views = Effect.all(
    {
      plugins: Effect.forEach(
        applicants,
        (appid) =>
          Effect.map(getPluginList, (plugins) =>
            plugins.map(({ appid, reason, status }) => ({ appid, status, reason }))
          ).pipe(as(appid)),
        { concurrency }
      ),
      applications: Effect.map(getPluginDevApplyList({ page: 1, num: 10 }), (applications) =>
        applications.map(({ appid, createTime, reason, status }) => ({
          appid,
          status,
          reason,
          since: createTime.epochMillis
        }))
      ).pipe(asOwner)
    },
    { concurrency }
  ).pipe(Effect.orDie)

  return { perform, views }
})

/** The two ways to WeChat, each with a WeChat of its own. */
export const sides = Effect.all([make(overFetch), make(overSdk("wx-server-sdk", { redirect: "status" }))])
