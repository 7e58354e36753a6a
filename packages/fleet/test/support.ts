import { Fleet, FleetDatabase } from "@effect-wechat/fleet"
import { Emulator, World } from "@effect-wechat/emulator"
import { MiniPrograms } from "@effect-wechat/transport-https"
import { Effect, Layer, Redacted, Stream } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const appIdOf = (at: number): string => `wx${String(at).padStart(16, "0")}`

/** Mini programs that use one plugin each, of `plugins`. */
export const worldOf = (count: number, seed: Partial<World.Seed> = {}): World.World =>
  World.make({
    miniPrograms: Array.from({ length: count }, (_, at) => ({ appid: appIdOf(at) })) as never,
    plugins: [
      { appid: "wxmap", nickname: "地图" },
      { appid: "wxpay", nickname: "支付" }
    ],
    applications: Array.from({ length: count }, (_, at) => ({
      applicant: appIdOf(at),
      plugin: at % 2 === 0 ? "wxmap" : "wxpay",
      status: 2
    })),
    ...seed
  })

/** A folder of its own for the files of a database, removed with the scope. */
export const temporaryFile = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "effect-wechat-fleet-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "fleet.db")
)

/** The mini programs of the emulator, each with its made-up secret. */
export const miniPrograms = Emulator.layerFrom(({ url }) =>
  MiniPrograms.layerFetch({
    baseUrl: url,
    appSecret: (appId) => Effect.succeed(Redacted.make(`made-up-secret-of-${appId}`))
  })
)

export const fleet = (file: string, options: Fleet.Options = {}) =>
  Fleet.layerLibsql({ file, pollInterval: "20 millis", ...options }).pipe(Layer.provide(miniPrograms))

export const appsOf = (count: number) => Stream.map(Stream.range(0, count - 1), appIdOf)

/** Starts a sweep over the first `count` mini programs, and waits for its end. */
export const sweep = (key: string, count: number, options: Partial<Fleet.StartOptions> = {}) =>
  Effect.flatMap(Fleet.Fleet, (fleet) =>
    Effect.flatMap(fleet.start({ key, apps: appsOf(count), ...options }), fleet.wait)
  )

/** What a process sees that only reads. */
export const reader = (file: string) => FleetDatabase.layerLibsql({ file })

/** How often each mini program was asked for its plugins, by appid. */
export const listCalls = Effect.map(
  Effect.flatMap(Emulator.Emulator, ({ journal }) => journal),
  (entries) => {
    const counts = new Map<string, number>()
    for (const { appid = "", operation } of entries) {
      if (operation === "pluginManager.getPluginList") {
        counts.set(appid, (counts.get(appid) ?? 0) + 1)
      }
    }
    return counts
  }
)
