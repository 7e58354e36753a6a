// Installs what `npm start` (argument `start`), `npm start -- fleet` (`fleet`) or `npm test` (`all`) needs, and only when it is not there yet.
// Writes to stderr alone: stdout belongs to the program that follows.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const filters = {
  start: ["--prod", "--filter", "@effect-wechat/cli...", "--filter", "!@effect-wechat/fleet"],
  // the peers of fleet are development dependencies
  fleet: ["--filter", "@effect-wechat/cli..."],
  all: []
}
const scopes = Object.keys(filters)

const scope = process.argv[2]
const root = fileURLToPath(new URL("..", import.meta.url))
const stamp = `${root}node_modules/.effect-wechat-setup`
const lock = createHash("sha256")
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .digest("hex")

const [installed, installedLock] = existsSync(stamp) ? readFileSync(stamp, "utf8").split(" ") : []
if (installedLock !== lock || scopes.indexOf(installed) < scopes.indexOf(scope)) {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
  console.error(`Installing what npm ${{ start: "start", fleet: "start -- fleet", all: "test" }[scope]} needs (once) …`)
  const { error, status } = spawnSync(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile", ...filters[scope]],
    {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
      shell: process.platform === "win32"
    }
  )
  if (error !== undefined || status !== 0) {
    console.error(
      `Set-up failed (${error?.message ?? `pnpm ended with ${status}`}): see the lines above, check the network, run it again.`
    )
    process.exit(1)
  }
  writeFileSync(stamp, `${scope} ${lock}`)
}
