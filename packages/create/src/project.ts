import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Choices } from "./choices.js"
import { manifest } from "./manifest.js"
import { type Say, WrongInput } from "./texts.js"

const own = (path: string) => new URL(`../${path}`, import.meta.url)

/** Files with another name among the templates: npm publishes no `.gitignore`, and no test of a project is a test of this repository. */
const renamed = { gitignore: ".gitignore", "test.ts": "plugins.test.ts" }

/** The folders of `templates` that make the project: each adds its files. */
const templates = ({ effect, runtime, transport }: Choices): ReadonlyArray<string> =>
  runtime === "cloud-function" ? ["cloud", "cloud-function"] : ["program", transport, `${transport}-${effect}`]

/** Writes the project. Its folder must be empty, or not there yet. */
export const writeProject = (choices: Choices, say: Say): void => {
  const { folder } = choices
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new WrongInput(
      say({ en: `${folder} is not empty. Name another folder.`, zh: `${folder} 不是空目录，请换一个目录。` })
    )
  }
  mkdirSync(folder, { recursive: true })
  for (const template of ["every", ...templates(choices)]) {
    cpSync(own(`templates/${template}/`), folder, { recursive: true })
  }
  for (const [template, name] of Object.entries(renamed)) {
    renameSync(join(folder, template), join(folder, name))
  }
  const { version } = JSON.parse(readFileSync(own("package.json"), "utf8")) as { readonly version: string }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(choices, version), null, 2)}\n`)
}
