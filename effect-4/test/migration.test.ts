import { assert, describe, it } from "@effect/vitest"
import { fileURLToPath } from "node:url"
import { effect4 } from "../engine/effect4.js"
import { emitFile } from "../engine/emit.js"
import { makeProject } from "../migrate.js"
import { rules } from "../rules/all.js"
import { toEffect4 } from "../rules/translate.js"

const root = fileURLToPath(new URL("../../", import.meta.url))
const project = makeProject(root)
const known = effect4(`${root}effect-4/.generated/node_modules`)

/** What a file of plugin-manager would become. */
const migrated = (file: string, ...lines: ReadonlyArray<string>) => {
  const source = project.createSourceFile(`${root}packages/plugin-manager/src/${file}`, lines.join("\n"), {
    overwrite: true
  })
  const { problems, text } = emitFile(source, rules, known, toEffect4)
  return { text, problems: problems.map(({ file, line, message }) => `${file.replace(root, "")}:${line}: ${message}`) }
}

describe("the migration", () => {
  it.each([
    [
      "a name that Effect 4 does not export",
      'import * as Effect from "effect/Effect"',
      "export const x = Effect.locally2(1)"
    ],
    ["a module that it does not have", 'import * as Micro from "effect/STM"', "export const x = Micro.succeed(1)"],
    ["a type", 'import type * as Schema from "effect/Schema"', "export type X = Schema.PropertySignature.All"],
    [
      "a function that is known as a call",
      'import * as Schema from "effect/Schema"',
      "export const x = [1].map(Schema.Union)"
    ],
    [
      "options of a known call",
      'import * as Schema from "effect/Schema"',
      "export const x = Schema.optionalWith(Schema.String, { as: 1 })"
    ],
    [
      "options of a filter",
      'import * as Schema from "effect/Schema"',
      'export const x = Schema.String.pipe(Schema.pattern(/a/, { description: "an a", jsonSchema: {} }))'
    ],
    [
      "options that are not written in place",
      'import * as Schema from "effect/Schema"',
      "export const x = Schema.Number.pipe(Schema.finite(Object()))"
    ],
    [
      "a message that depends on the issue",
      'import * as Schema from "effect/Schema"',
      "export const x = Schema.String.pipe(Schema.filter(Boolean, { message: (issue) => String(issue) }))"
    ],
    [
      "the tag of an Either",
      'import * as Either from "effect/Either"',
      'export const x = Either.right(1)._tag === "Right"'
    ],
    ["an export of a module", 'import * as Effect from "effect/Effect"', 'export * from "effect/STM"']
  ])("names file and line of %s", (_, ...lines) => {
    const { problems } = migrated("operations/unknown.ts", "// why", ...lines)
    assert.lengthOf(problems, 1)
    assert.match(problems[0]!, /^packages\/plugin-manager\/src\/operations\/unknown\.ts:3: ./)
  })

  it("knows all that a new operation and a new errcode are written with", () => {
    const operation = migrated(
      "operations/renamePlugin.ts",
      'import * as Schema from "effect/Schema"',
      'import { renamed } from "../internal/fields.js"',
      'import * as Operation from "../Operation.js"',
      'import { acknowledged } from "../records/acknowledged.js"',
      'import { pluginAppid } from "./appid.js"',
      "export const operation = Operation.make({",
      '  api: "pluginManager.renamePlugin", path: "/wxa/plugin", action: "rename", idempotent: true,',
      '  payload: Schema.Struct({ pluginAppid, newName: renamed(Schema.NonEmptyString, "new_name") }),',
      "  success: acknowledged, errors: []",
      "})"
    )
    assert.deepStrictEqual(operation.problems, [])
    assert.include(operation.text, 'Schema.encodeKeys({ pluginAppid: "plugin_appid", newName: "new_name" })')
    const lines = [
      'import { ErrcodeError } from "./ErrcodeError.js"',
      'export class NameTaken extends ErrcodeError<NameTaken>()("NameTaken", {',
      '  codes: [89999], hint: { zh: "。", en: "." }',
      "}) {}"
    ]
    assert.deepStrictEqual(migrated("errors/rename.ts", ...lines), { problems: [], text: lines.join("\n") })
  })

  it("asks for the monotonic clock, and lets what was not immediate begin later", () => {
    const { problems, text } = migrated(
      "clock.ts",
      'import type * as Clock from "effect/Clock"',
      'import type * as Effect from "effect/Effect"',
      'import * as Runtime from "effect/Runtime"',
      "export const now = (clock: Clock.Clock) => clock.unsafeCurrentTimeNanos()",
      "export const fork = (runtime: Runtime.Runtime<never>, effect: Effect.Effect<void>) =>",
      "  Runtime.runFork(runtime)(effect, { immediate: false })"
    )
    assert.deepStrictEqual(problems, [])
    assert.include(text, "clock.monotonicTimeNanosUnsafe()")
    assert.include(text, "Effect.runForkWith(runtime)(Effect.andThen(Effect.yieldNow, effect))")
  })

  it("makes an Effect of what Effect 4 does not take for one", () => {
    const { text } = migrated(
      "yielded.ts",
      'import * as Effect from "effect/Effect"',
      'import type * as Either from "effect/Either"',
      "export const x = (either: Either.Either<number, string>) =>",
      "  Effect.gen(function* () { return (yield* either) + (yield* Effect.mapError(either, () => 1)) })"
    )
    assert.strictEqual(text.split("Effect.fromResult(either)").length, 3)
  })
})
