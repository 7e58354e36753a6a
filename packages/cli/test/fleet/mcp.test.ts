import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"
import { Effect } from "effect"
import { name, runtime } from "../support.js"
import { appIdOf, installed, user, worldOf } from "./support.js"

describe(`fleet's tools of an MCP server under ${name}`, () => {
  it.scopedLive("show sweeps, their results and their differences", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const command = yield* installed
      const { apps, env, fleet } = yield* user(command, 3)
      yield* fleet("sweep", "--apps", apps)
      yield* emulator.setPlugins([])
      yield* fleet("sweep", "--apps", apps)
      const client = new Client({ name: "test", version: "1.0.0" })
      const PATH = process.env["PATH"]!
      yield* Effect.acquireRelease(
        Effect.promise(() =>
          client.connect(
            new StdioClientTransport({
              command: runtime,
              args: [command, "mcp"],
              env: { PATH, ...env },
              stderr: "pipe"
            })
          )
        ),
        () => Effect.promise(() => client.close())
      )
      // the client checks the results of the tools that it has listed
      yield* Effect.promise(() => client.listTools())
      const call = (name: string, args: Record<string, unknown> = {}) =>
        Effect.map(
          Effect.promise(() => client.callTool({ name, arguments: args })),
          ({ structuredContent }) => structuredContent as Record<string, unknown>
        )
      const { sweeps } = yield* call("fleet_status")
      assert.deepInclude((sweeps as ReadonlyArray<object>)[0], { sweep: 2, state: "done", total: 3, done: 3 })
      const { summary } = yield* call("fleet_status", { sweep: 1 })
      assert.deepInclude(summary as object, {
        plugins: [{ pluginAppid: "wxmap", nickname: "地图", status: "approved", apps: 3 }]
      })
      assert.deepStrictEqual(yield* call("fleet_diff"), {
        before: 1,
        after: 2,
        total: 1,
        differences: [{ appId: appIdOf(0), pluginAppid: "wxmap", nickname: "地图", before: "approved" }]
      })
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(3) })))
  )
})
