// The install commands of the README, run as they stand in an empty project; only our packages come from tarballs.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root, tarballs } from "./layouts.mjs"
import { run } from "./process.mjs"

/** `npm install …`, each with the heading sentence before it. */
export const installCommands = [
  ...readFileSync(`${root}README.md`, "utf8").matchAll(/^([A-Z][^\n]*):\n\n```sh\nnpm install ([^\n]*)\n```/gm)
]
  .map(([, purpose, packages]) => ({ purpose, packages: packages.split(" ") }))
  .filter(({ packages }) => !packages.includes("--global"))

/** Installs with the peers checked, as npm's own resolver has them. */
export const install = async (folder, packages) => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }))
  const ours = packages.map((name) => (tarballs[name] === undefined ? name : `file:${tarballs[name]}`))
  // the emulator stands in for WeChat in the program that is run
  const emulator = `file:${tarballs["@effect-wechat/emulator"]}`
  const all = [...new Set([...ours, emulator])]
  await run("npm", ["install", "--no-audit", "--no-fund", "--strict-peer-deps", ...all], { cwd: folder })
  return folder
}
