/**
 * A world in a JSON file. `world.schema.json` of this package is the JSON schema of such a file.
 *
 * @since 1.0.0
 */
import { readFile } from "node:fs/promises"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as World from "./World.js"

/**
 * The file cannot be read, is not JSON, or is not a world. The `description` is one line and names the first field that is wrong.
 *
 * @category errors
 * @since 1.0.0
 */
export class WorldFileError extends Data.TaggedError("WorldFileError")<{
  readonly file: string
  readonly description: string
}> {
  override get message(): string {
    return `${this.file}: ${this.description}`
  }
}

/** A field that does not exist is most likely misspelled. `$schema` is for editors. */
const File = Schema.standardSchemaV1(World.World, { onExcessProperty: "error" })

const withoutSchema = (json: unknown): unknown => {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return json
  }
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== "$schema"))
}

interface Issue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
}

/** `miniPrograms[0].appid` */
const pathOf = ({ path = [] }: Issue): string =>
  path
    .map((segment) => (typeof segment === "object" ? segment.key : segment))
    .map((key) => (typeof key === "number" || /^\d+$/.test(String(key)) ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "")

const sentence = (issue: Issue): string =>
  [pathOf(issue), issue.message.replaceAll(/\s+/g, " ")].filter((part) => part !== "").join(": ")

/**
 * Reads a world from a JSON file. Absent fields get their defaults. A field that does not exist is an error.
 *
 * @category constructors
 * @since 1.0.0
 */
export const read: (file: string) => Effect.Effect<World.World, WorldFileError> = Effect.fnUntraced(function* (file) {
  const failure = (description: string) => new WorldFileError({ file, description })
  const text = yield* Effect.tryPromise({
    try: () => readFile(file, "utf8"),
    catch: (error) => failure(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`)
  })
  const json = yield* Effect.try({
    try: (): unknown => JSON.parse(text),
    catch: (error) => failure(`is not JSON: ${String(error)}`)
  })
  const result = yield* Effect.promise(() => Promise.resolve(File["~standard"].validate(withoutSchema(json))))
  if (result.issues !== undefined) {
    return yield* failure(sentence(result.issues[0]!))
  }
  return result.value
})
