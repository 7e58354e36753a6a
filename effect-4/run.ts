// npm run effect-4: derives major 2 of what `packages.ts` lists, checks its types, packs it and runs its tests. With `--derive` or
// `--pack` it ends after that step.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { showProblems } from "./engine/problems.js"
import { type Folders, migrate } from "./migrate.js"
import { onBun, onDeno, onNode24, units } from "./packages.js"
import { sizes } from "./size.js"
import { type Counts, install, link, pack, runtimes, test, testMigration, typeCheck } from "./steps.js"

const root = fileURLToPath(new URL("../", import.meta.url))
const folders: Folders = { root, overlay: join(root, "effect-4/overlay"), generated: join(root, "effect-4/.generated") }

const failed: Array<string> = []
const step = async (title: string, isOk: () => boolean | Promise<boolean>): Promise<boolean> => {
  console.log(`\n── ${title}`)
  const ok = await isOk()
  if (!ok) {
    failed.push(title)
  }
  return ok
}

const derive = (): boolean => {
  const problems = migrate(folders, units)
  if (problems.length > 0) {
    console.error(showProblems(root, problems))
    return false
  }
  link(folders, units)
  return true
}

const counts: Array<Counts> = []
const tests = (run: () => Counts | Promise<Counts>) => async () => {
  const one = await run()
  counts.push(one)
  return one.failed === 0
}

const isDerived = (await step("install Effect 4", () => install(folders))) && (await step("derive", derive))
const goesOnAfter = (name: string) => !process.argv.includes(`--${name}`)
if (isDerived && goesOnAfter("derive")) {
  await step("types", () => typeCheck(folders))
  await step("build and pack", () => pack(folders, units))
}
if (isDerived && goesOnAfter("derive") && goesOnAfter("pack")) {
  await step(
    "size",
    tests(() => sizes(folders))
  )
  await step(
    "tests of the migration",
    tests(() => testMigration(folders))
  )
  const { bun, deno, node22, node24 } = runtimes(folders)
  for (const [runtime, files] of [[node22], [node24, onNode24], [bun, onBun], [deno, onDeno]] as const) {
    await step(
      `${files === undefined ? "tests" : "some tests"} on ${runtime.name}`,
      tests(() => test(folders, runtime, files))
    )
  }
}

for (const { notDerived = {} } of units) {
  for (const [file, reason] of Object.entries(notDerived)) {
    console.log(`not derived: ${file}: ${reason}`)
  }
}
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(", ")}`)
  process.exitCode = 1
}
const sum = (key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0)
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`)
