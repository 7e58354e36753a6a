import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Manifest, packedManifest } from "./manifest.js"
import type { Folders } from "./migrate.js"
import type { Unit } from "./packages.js"

const read = (file: string) => readFileSync(file, "utf8")

/** Runs a command to its end; whether it succeeded. */
const run = (cwd: string, command: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] }).status === 0

/** Installs Effect 4 and what tests with it, exactly as the lockfile of `toolchain` says. */
export const install = ({ generated, root }: Folders): boolean => {
  const toolchain = join(root, "effect-4/toolchain")
  const lockfile = join(generated, "package-lock.json")
  const isThere =
    existsSync(join(generated, "node_modules/.package-lock.json")) &&
    existsSync(lockfile) &&
    read(lockfile) === read(join(toolchain, "package-lock.json"))
  mkdirSync(generated, { recursive: true })
  cpSync(toolchain, generated, { recursive: true })
  // npm itself may run on a Node for which vitest 5 is too new; the tests do not
  return isThere || run(generated, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
}

const manifestOf = ({ root }: Folders, { folder }: Unit) =>
  JSON.parse(read(join(root, folder, "package.json"))) as Manifest

/** Lets the derived packages find each other. */
export const link = (folders: Folders, units: ReadonlyArray<Unit>): void => {
  for (const unit of units) {
    const at = join(folders.generated, "node_modules", manifestOf(folders, unit).name)
    rmSync(at, { recursive: true, force: true })
    mkdirSync(join(at, ".."), { recursive: true })
    symlinkSync(join(folders.generated, unit.folder), at, "junction")
  }
}

/** Builds all packages as ESM with types, and packs each with the manifest that it is published with. */
export const pack = (folders: Folders, units: ReadonlyArray<Unit>): boolean => {
  const [built, packed] = [join(folders.generated, "built"), join(folders.generated, "packed")]
  for (const before of [built, packed]) {
    rmSync(before, { recursive: true, force: true })
  }
  const packages = units.filter(({ folder }) => folder.startsWith("packages/"))
  return (
    run(folders.generated, process.execPath, tsc(folders), "-p", "tsconfig.build.json") &&
    packages.every((unit) => {
      const at = join(packed, unit.folder)
      mkdirSync(at, { recursive: true })
      cpSync(join(built, unit.folder.replace("packages/", ""), "src"), join(at, "dist"), { recursive: true })
      cpSync(join(folders.generated, unit.folder, "src"), join(at, "src"), { recursive: true })
      cpSync(join(folders.root, unit.folder, "LICENSE"), join(at, "LICENSE"))
      cpSync(join(folders.generated, unit.folder, "README.md"), join(at, "README.md"))
      writeFileSync(join(at, "CHANGELOG.md"), changelogOf2(read(join(folders.root, unit.folder, "CHANGELOG.md"))))
      const manifest = packedManifest(manifestOf(folders, unit))
      writeFileSync(join(at, "package.json"), JSON.stringify(manifest, null, 2))
      return run(at, "npm", "pack", "--silent", "--pack-destination", packed)
    })
  )
}

/** Major 2 begins with 2.0.0, which has the changes of 1.0.0. */
const changelogOf2 = (text: string): string =>
  text
    .replace(/^## 0\.[^]*/m, "")
    .replace(/^(?:## |.*@effect-wechat\/[\w-]+@)1(?=\.\d+\.\d+$)/gm, (before) => before.replace(/1$/, "2"))

const tsc = ({ generated }: Folders) => join(generated, "node_modules/typescript/bin/tsc")

export const typeCheck = (folders: Folders): boolean =>
  ["tsconfig.json", "tsconfig.examples.json"].every((project) =>
    run(folders.generated, process.execPath, tsc(folders), "-p", project)
  )

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const counted = (
  cwd: string,
  report: string,
  [command, ...args]: Runtime["command"],
  vitest: string,
  ...words: ReadonlyArray<string>
): Counts => {
  rmSync(report, { force: true })
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const isOk = run(cwd, command, ...args, vitest, "run", ...words, "--root", ".", ...reporters)
  if (!existsSync(report)) {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const counts = JSON.parse(read(report)) as Readonly<Record<string, number>>
  const of = (name: string) => counts[name] ?? 0
  // a failure outside of all tests, such as a file that does not load, is one as well
  const failed = of("numFailedTests") || of("numFailedTestSuites") || (isOk ? 0 : 1)
  return { passed: of("numPassedTests"), failed, skipped: of("numPendingTests") + of("numTodoTests") }
}

/** Runs the tests of the migration itself, and counts them. */
export const testMigration = ({ generated, root }: Folders): Counts =>
  counted(
    join(root, "effect-4"),
    join(generated, "migration.json"),
    [process.execPath],
    join(root, "node_modules/vitest/vitest.mjs")
  )

/** What runs the derived tests, and with which options of vitest. */
export interface Runtime {
  readonly name: string
  readonly command: readonly [string, ...ReadonlyArray<string>]
  readonly options: ReadonlyArray<string>
}

export const runtimes = ({ generated, root }: Folders) => {
  const node = (major: number): Runtime => ({
    name: `Node ${major}`,
    command: [join(generated, `node_modules/node-${major}/bin/node`)],
    options: []
  })
  return {
    node22: node(22),
    node24: node(24),
    // the processes of vitest 5 need what Bun's node:child_process lacks
    bun: {
      name: "Bun",
      command: [join(root, "node_modules/.bin/bun"), "--bun"],
      options: ["--project=derived", "--pool=threads"]
    },
    deno: {
      name: "Deno",
      command: [join(generated, "node_modules/.bin/deno"), "run", "--allow-all", "--node-modules-dir=manual"],
      options: ["--project=derived"]
    }
  } as const satisfies Record<string, Runtime>
}

/** Runs derived tests, all of them or those in some files, and counts them. */
export const test = (
  { generated }: Folders,
  { command, name, options }: Runtime,
  files: ReadonlyArray<string> = []
): Counts =>
  counted(
    generated,
    join(generated, `${name.toLowerCase().replace(" ", "-")}.json`),
    command,
    "node_modules/vitest/vitest.mjs",
    ...files,
    ...options
  )
