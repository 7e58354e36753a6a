import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { Project, ts } from "ts-morph"
import { effect4 } from "./engine/effect4.js"
import { emitFile } from "./engine/emit.js"
import type { Problem } from "./engine/problems.js"
import { derivedManifest, type Manifest } from "./manifest.js"
import { notDerivedPages, type Unit } from "./packages.js"
import { Programs } from "./programs.js"
import { rules } from "./rules/all.js"
import { toEffect4 } from "./rules/translate.js"

const filesIn = (folder: string): ReadonlyArray<string> =>
  !existsSync(folder)
    ? []
    : statSync(folder).isFile()
      ? [folder]
      : readdirSync(folder, { recursive: true, encoding: "utf8" })
          .map((file) => join(folder, file))
          .filter((file) => !/node_modules|\/dist\//.test(file) && statSync(file).isFile())

export interface Folders {
  readonly root: string
  /** whole files that take the place of derived ones */
  readonly overlay: string
  readonly generated: string
}

/** What of a unit is derived, from the root of the repository. */
const sourcesOf = ({ root }: Folders, { folder, notDerived = {}, only }: Unit): ReadonlyArray<string> =>
  (only ?? ["src", "test"])
    .flatMap((part) => filesIn(join(root, folder, part)))
    .map((file) => relative(root, file))
    .filter((file) => !Object.hasOwn(notDerived, file))

/** Reads files of the repository with the types of Effect 3. */
export const makeProject = (root: string): Project =>
  new Project({
    compilerOptions: {
      ...ts.parseConfigFileTextToJson("", readFileSync(join(root, "tsconfig.base.json"), "utf8")).config
        .compilerOptions,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      moduleDetection: ts.ModuleDetectionKind.Force
    },
    skipAddingFilesFromTsConfig: true
  })

/** Writes major 2 of the units; returns the constructs that it does not know. */
export const migrate = (folders: Folders, units: ReadonlyArray<Unit>): ReadonlyArray<Problem> => {
  const { generated, overlay, root } = folders
  const known = effect4(join(generated, "node_modules"))
  const project = makeProject(root)
  const sources = units.flatMap((unit) => sourcesOf(folders, unit))
  const overlaid = new Set(filesIn(overlay).map((file) => relative(overlay, file)))
  const unused = [...overlaid].filter((file) => !existsSync(join(root, file)))
  if (unused.length > 0) {
    throw new Error(`in effect-4/overlay and not in the repository: ${unused.join(", ")}`)
  }
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(generated, file)), { recursive: true })
    writeFileSync(join(generated, file), text)
  }

  for (const part of ["benchmarks", "docs", "examples", "packages", "tests"]) {
    rmSync(join(generated, part), { recursive: true, force: true })
  }
  const isCode = (file: string) => file.endsWith(".ts")
  const isPage = (file: string) => file.endsWith(".md") && !notDerivedPages.has(file)
  const documents = ["", "docs/", ...units.map(({ folder }) => `${folder}/`)]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}${name}`))
    .filter(isPage)
  const files = new Map(sources.filter(isCode).map((file) => [file, project.addSourceFileAtPath(join(root, file))]))
  const problems: Array<Problem> = []
  const left = new Set(
    units
      .flatMap(({ notDerived = {} }) => Object.keys(notDerived))
      .map((file) => readFileSync(join(root, file), "utf8"))
  )
  const programs = new Programs(project, known, root, left)
  for (const source of sources) {
    const file = files.get(source)
    if (overlaid.has(source)) {
      write(source, readFileSync(join(overlay, source), "utf8"))
    } else if (file === undefined) {
      mkdirSync(dirname(join(generated, source)), { recursive: true })
      cpSync(join(root, source), join(generated, source))
    } else {
      const derived = emitFile(file, rules, known, toEffect4)
      problems.push(...derived.problems)
      write(source, source.includes("/src/") ? programs.inComments(source, derived.text) : derived.text)
    }
  }
  for (const { folder } of units) {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest
    write(join(folder, "package.json"), `${JSON.stringify(derivedManifest(manifest), null, 2)}\n`)
  }
  for (const document of documents) {
    write(document, programs.inDocument(document, readFileSync(join(root, document), "utf8")))
  }
  for (const [name, program] of programs.all) {
    write(join("examples", name), program)
  }
  return [...problems, ...programs.problems]
}
