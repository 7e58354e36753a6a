import { root } from "@effect-wechat/test-support/process"
import { execFileSync, spawn } from "node:child_process"
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { inject } from "vitest"

export type Major = 3 | 4

/** Effect 4 needs a newer Node than this repository does. */
const node = { 3: process.execPath, 4: join(root, "effect-4/.generated/node_modules/node-22/bin/node") }

/** Bun, under the name that people call it by. */
const tools = mkdtempSync(join(tmpdir(), "effect-wechat-tools-"))
symlinkSync(join(root, "node_modules/bun/bin/bun.exe"), join(tools, "bun"))
process.once("exit", () => rmSync(tools, { recursive: true, force: true }))

const elsewhere = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim()

// nothing of npm's own environment, which would reach into the installs
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|vitest)/i.test(name)))

/** A folder of somebody who has Node, npm and nothing else, and the registry. */
export const emptyFolder = (major: Major) => {
  const stranger = copyOf(fileURLToPath(new URL("programs", import.meta.url)), major)
  writeFileSync(join(stranger.folder, "package.json"), JSON.stringify({ private: true, type: "module" }))
  return stranger
}

/** A folder of that person with a copy of another one. */
export const copyOf = (source: string, major: Major) => {
  const folder = mkdtempSync(join(tmpdir(), `effect-wechat-stranger-`))
  const registry = inject("registry")
  // what is built or installed here stays here
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !/node_modules|bundled|index\.js$/.test(path.slice(source.length))
  })
  writeFileSync(join(folder, ".npmrc"), `@effect-wechat:registry=${registry}\nfund=false\naudit=false\n`)
  writeFileSync(
    join(folder, ".yarnrc.yml"),
    `enableTelemetry: false
enableGlobalCache: false
npmRegistryServer: "${elsewhere}"
npmScopes: { effect-wechat: { npmRegistryServer: "${registry}" } }
unsafeHttpWhitelist: ["*"]
# what is a minute old is refused otherwise
npmPreapprovedPackages: ["@effect-wechat/*"]
`
  )
  const start = (command: string, args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
    spawn(command === "node" ? node[major] : command, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // a group of its own, so that what it starts ends with it
      detached: true,
      env: {
        ...environment,
        PATH: [dirname(node[major]), tools, process.env["PATH"]].join(delimiter),
        NO_COLOR: "1",
        TENCENTCLOUD: "true",
        ...env
      }
    })
  const run = (...command: Parameters<typeof start>) =>
    new Promise<{ readonly code: number | null; readonly stdout: string; readonly all: string }>((resolve, reject) => {
      const child = start(...command)
      const [out, all] = [[] as Array<string>, [] as Array<string>]
      child.stdout.setEncoding("utf8").on("data", (text: string) => (out.push(text), all.push(text)))
      child.stderr.setEncoding("utf8").on("data", (text: string) => all.push(text))
      child.on("error", reject)
      child.on("close", (code) => resolve({ code, stdout: out.join(""), all: all.join("") }))
    })
  /** Fails with all that was printed. */
  const succeed = async (...command: Parameters<typeof run>) => {
    const outcome = await run(...command)
    if (outcome.code !== 0) {
      throw new Error(`${command.slice(0, 2).flat().join(" ")} ended with ${outcome.code}:\n${outcome.all}`)
    }
    return outcome.stdout
  }
  return { folder, start, run, succeed, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Manager {
  readonly name: string
  /** the command that stands for `npm install` */
  readonly add: ReadonlyArray<string>
  /** the command that stands for `node` */
  readonly node: ReadonlyArray<string>
}

const npx = (tool: string, ...command: ReadonlyArray<string>) => ["npx", "--yes", "-p", tool, ...command]

export const managers: ReadonlyArray<Manager> = [
  { name: "npm", add: ["npm", "install"], node: ["node"] },
  { name: "pnpm", add: npx("pnpm@10.34.9", "pnpm", "add", "--ignore-scripts"), node: ["node"] },
  { name: "bun", add: ["bun", "add"], node: ["node"] },
  { name: "yarn 1", add: npx("yarn@1.22.22", "yarn", "add"), node: ["node"] },
  {
    name: "yarn 4",
    add: npx("@yarnpkg/cli-dist@4.18.1", "yarn", "add"),
    node: npx("@yarnpkg/cli-dist@4.18.1", "yarn", "node")
  }
]
