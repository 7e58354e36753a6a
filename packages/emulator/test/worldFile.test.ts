import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { WorldFile } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "effect-wechat-world-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const read = (text: string) =>
  Effect.gen(function* () {
    const file = join(yield* folder, "world.json")
    writeFileSync(file, text)
    return yield* WorldFile.read(file)
  })

describe("WorldFile.read", () => {
  it.scoped("fills in the defaults, and ignores $schema", () =>
    Effect.gen(function* () {
      const { miniPrograms, plugins } = yield* read(`{ "$schema": "./x.json", "miniPrograms": [{ "appid": "wx1" }] }`)
      assert.strictEqual(miniPrograms[0].pluginLimit, 5)
      assert.deepStrictEqual(plugins, [])
    })
  )

  it.scoped("names the wrong field in one line", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [text: string, description: RegExp]> = [
        [`{ "miniPrograms": [{ "appid": "wx1" }, { "appid": 5 }] }`, /^miniPrograms\[1\]\.appid: /],
        [`{ "miniPrograms": [{ "appid": "wx1", "pluginLimit": -1 }] }`, /^miniPrograms\[0\]\.pluginLimit: /],
        [`{ "miniPrograms": [{ "appId": "wx1" }] }`, /^miniPrograms\[0\]\.appid?/i],
        [`{ "miniPrograms": [{ "appid": "wx1" }], "plugin": [] }`, /^plugin: /],
        [`{ "plugins": [] }`, /^miniPrograms: /],
        [`{ "miniPrograms": [] }`, /^miniPrograms/],
        [`{ "miniPrograms": [`, /^is not JSON: /],
        [`[]`, /./]
      ]
      for (const [text, description] of cases) {
        const error = yield* Effect.flip(read(text))
        assert.match(error.description, description)
        assert.notInclude(error.message, "\n")
        assert.isBelow(error.description.length, 300, error.description)
        assert.isTrue(error.message.endsWith(`world.json: ${error.description}`))
      }
    })
  )

  it.effect("says which file cannot be read", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(WorldFile.read("/no/such/world.json"))
      assert.strictEqual(error.message, "/no/such/world.json: cannot be read: ENOENT")
    })
  )
})
