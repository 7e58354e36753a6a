import { World, WorldFile } from "@effect-wechat/emulator"
import { root } from "@effect-wechat/test-support/process"
import { assert, describe, it } from "@effect/vitest"
import { Effect, JSONSchema } from "effect"
import { expect } from "vitest"

/** The JSON schema of a world's file, in which an editor finds this schema by `$schema`. */
const schema = () => {
  const made = JSONSchema.make(World.World) as unknown as {
    readonly $defs: Readonly<Record<string, { readonly properties: object }>>
  }
  const { World: world, ...others } = made.$defs
  const file = { ...world!, properties: { $schema: { type: "string" }, ...world!.properties } }
  return { ...made, $defs: { World: file, ...others } }
}

describe("the JSON schema of a world", () => {
  // `npx vitest run --project house world-schema.test.ts --update` writes it
  it("is that of World.World", async () => {
    await expect(`${JSON.stringify(schema(), null, 2)}\n`).toMatchFileSnapshot(
      `${root}packages/emulator/world.schema.json`
    )
  })

  it.effect("belongs to the example, which is a world", () =>
    Effect.gen(function* () {
      const { miniPrograms, plugins } = yield* WorldFile.read(`${root}packages/emulator/world.example.json`)
      assert.deepStrictEqual([miniPrograms.length, plugins.length], [2, 2])
    })
  )
})
