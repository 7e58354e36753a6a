import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Folders } from "./migrate.js"
import type { Counts } from "./steps.js"

// nothing of npm's own environment, which would reach into the installs
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")))

const run = (cwd: string, command: string, ...args: ReadonlyArray<string>) => {
  const { error, status, stderr, stdout } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 240_000 })
  return { isOk: status === 0, stdout, all: `${stdout}${stderr}${error ?? ""}` }
}

/** The packed packages in an empty project, with each package manager: the first program of the README runs. */
export const strangers = ({ generated, root }: Folders): Counts => {
  const packed = join(generated, "packed")
  const tarballs = readdirSync(packed).flatMap((file) => (file.endsWith(".tgz") ? [join(packed, file)] : []))
  const readme = readFileSync(join(generated, "README.md"), "utf8")
  const block = (language: string) => new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(readme)![1]!
  const managers: ReadonlyArray<readonly [string, string, ...ReadonlyArray<string>]> = [
    ["npm", "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    ["pnpm", "npx", "-y", "pnpm@10.34.9", "add", "--ignore-scripts"],
    ["bun", join(root, "node_modules/.bin/bun"), "add", "--ignore-scripts"]
  ]
  const failures = managers.flatMap(([name, command, ...args]) => {
    const folder = mkdtempSync(join(tmpdir(), `effect-4-${name}-`))
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }')
    writeFileSync(join(folder, "first.mjs"), block("ts"))
    const installed = run(folder, command, ...args, "effect@^4.1.0", ...tarballs)
    const printed = installed.isOk
      ? run(folder, join(generated, "node_modules/node-22/bin/node"), "first.mjs")
      : installed
    rmSync(folder, { recursive: true, force: true })
    const isOk = printed.isOk && printed.stdout === block("text")
    console.log(isOk ? `✓ ${name}` : `✗ ${name}\n${printed.all}`)
    return isOk ? [] : [name]
  })
  return { passed: managers.length - failures.length, failed: failures.length, skipped: 0 }
}
