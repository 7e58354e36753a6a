/**
 * The plugins of a chain of 300 shops: two sweeps with a bulk change and two days in between, and what is different afterwards. The example needs
 * no WeChat account and no server: it runs against the emulator, with a database in a temporary folder.
 *
 *     npx tsx main.ts      (or: bun main.ts)
 */
import { Emulator } from "@effect-wechat/emulator"
import { type Change, Fleet, Results, SweepDiff } from "@effect-wechat/fleet"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { FileSystem } from "@effect/platform"
import { NodeFileSystem } from "@effect/platform-node"
import { Console, Effect, Layer, Stream } from "effect"
import { apps, points, withoutSecret, world } from "./world.js"

/** The secrets are those of the emulator, but for one. */
const miniPrograms = Emulator.layerFrom(({ miniProgram, url }) =>
  NodeTransport.layerNodeMiniPrograms({
    baseUrl: url,
    appSecret: (appId) =>
      appId === withoutSecret ? Effect.fail("it is lost") : Effect.map(miniProgram(appId), ({ appSecret }) => appSecret)
  })
)

/** As it is, the file is removed at the end. Give it a path of your own, and a sweep survives the death of this program. */
const FleetLive = Layer.unwrapScoped(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "effect-wechat-fleet-" })
    return Fleet.layerLibsql({
      file: `${folder}/fleet.db`,
      limits: { fleet: { calls: 500, per: "1 second" } }
    })
  })
).pipe(Layer.provide(miniPrograms), Layer.provide(NodeFileSystem.layer))

const sweep = (key: string, of: ReadonlyArray<string>, change?: Change.Change) =>
  Effect.gen(function* () {
    const fleet = yield* Fleet.Fleet
    const id = yield* fleet.start({ key, apps: Stream.fromIterable(of), change })
    yield* fleet.wait(id)
    const outcomes = yield* Results.outcomes(id)
    yield* Console.log(`${key}: ${outcomes.map(({ apps, outcome }) => `${apps} ${outcome}`).join(", ")}`)
    return id
  })

const program = Effect.gen(function* () {
  const wechat = yield* Emulator.Emulator
  const monday = yield* sweep("Monday", apps)
  for (const { apps, nickname, status } of yield* Results.pluginsByStatus(monday)) {
    yield* Console.log(`    ${nickname}, ${status}: ${apps}`)
  }
  for (const { apps, category, tag } of yield* Results.failures(monday)) {
    yield* Console.log(`    ${category}, ${tag}: ${apps}`)
  }

  yield* sweep("The first five shops apply for points", apps.slice(0, 5), { kind: "apply", pluginAppid: points })
  yield* wechat.advance("2 days")

  const wednesday = yield* sweep("Wednesday", apps)
  yield* Console.log("What is different:")
  yield* Stream.runForEach(SweepDiff.diff(monday, wednesday), ({ after, appId, before, nickname }) =>
    Console.log(`    ${appId} ${nickname}: ${before ?? "absent"} -> ${after ?? "absent"}`)
  )
})

await program.pipe(Effect.provide(FleetLive.pipe(Layer.provideMerge(Emulator.layer({ world })))), Effect.runPromise)
