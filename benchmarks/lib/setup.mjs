// Installs what the measurements need beyond the default install: the other clients, and Node 22. What is there is not installed again.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))
const here = `${root}benchmarks/`
const cache = `${here}.cache/`

const run = (command, args, cwd) =>
  spawnSync(command, args, {
    cwd,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32"
  }).status === 0

/** Installs the workspace, as `npm test` does, and the other clients, which are not part of it. */
export const setUp = () => {
  if (!run(process.execPath, ["scripts/setup.mjs", "all"], root)) {
    process.exit(1)
  }
  mkdirSync(cache, { recursive: true })
  const stamp = `${here}node_modules/.benchmarks-setup`
  const lock = createHash("sha256")
    .update(readFileSync(`${here}pnpm-lock.yaml`))
    .digest("hex")
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
    return
  }
  const { packageManager } = JSON.parse(readFileSync(`${here}package.json`, "utf8"))
  console.error("Installing the rivals (once) …")
  if (!run("npx", ["--yes", packageManager, "install", "--ignore-workspace", "--frozen-lockfile"], here)) {
    console.error("The rivals cannot be installed: see the lines above, check the network, run it again.")
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const node22 = "22.23.3"

/** Returns Node 22 from npm's package of it, or undefined if there is none for this machine. */
export const findNode22 = () => {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`
  const binary = `${cache}node22/node_modules/${name}/bin/node`
  if (!existsSync(binary)) {
    mkdirSync(`${cache}node22`, { recursive: true })
    const options = ["--prefix", `${cache}node22`, "--no-save", "--no-audit", "--no-fund", "--loglevel", "error"]
    run("npm", ["install", ...options, `${name}@${node22}`], `${cache}node22`)
  }
  return existsSync(binary) ? binary : undefined
}
