// The places where a stranger installs the packed tarballs, each outside the repository and from the npm registry.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { run } from "./process.mjs"

export const root = fileURLToPath(new URL("../..", import.meta.url))
export const work = mkdtempSync(join(tmpdir(), "effect-wechat-matrix-"))

const json = (file) => JSON.parse(readFileSync(file, "utf8"))
const { packageManager } = json(`${root}package.json`)
const folders = readdirSync(`${root}packages`)

/** The version in use here, whichever package uses it. */
const installed = (name) => {
  const file = ["", ...folders.map((folder) => `packages/${folder}/`)]
    .map((owner) => `${root}${owner}node_modules/${name}/package.json`)
    .find(existsSync)
  return json(file).version
}
const versions = (...names) => Object.fromEntries(names.map((name) => [name, installed(name)]))

const manifests = folders.map((folder) => json(`${root}packages/${folder}/package.json`))

const peersOf = (manifests) =>
  Object.fromEntries(
    manifests.flatMap(({ peerDependencies = {} }) =>
      Object.entries(peerDependencies)
        .filter(([name]) => !name.startsWith("@effect-wechat/"))
        .map(([name, range]) => [name, /\d+\.\d+\.\d+/.exec(range)[0]])
    )
  )

/** It follows Effect's cluster, each version of which goes with one minor version of every other package of Effect. */
const fleet = "@effect-wechat/fleet"

/** The lower end of every peer range, as the manifests declare it. */
export const lowestPeers = peersOf(manifests.filter(({ name }) => name !== fleet))

/** The upper end: the versions that this repository is developed with. */
export const newestPeers = versions(...Object.keys(peersOf(manifests)))

/** What has types; a command has none. */
export const libraries = manifests.filter(({ exports }) => "." in exports).map(({ name }) => name)

export const tarballs = Object.fromEntries(
  manifests.map(({ name, version }) => [
    name,
    join(work, "tarballs", `${name.replace("@", "").replace("/", "-")}-${version}.tgz`)
  ])
)

/** Builds every package and packs it as `pnpm publish` would. */
export const pack = async () => {
  const tools = { cwd: root, env: { PATH: `${root}node_modules/.bin:${process.env.PATH}` } }
  await run("npm", ["run", "--silent", "build"], tools)
  await pnpm(root, "--recursive", "--filter", "./packages/*", "pack", "--pack-destination", join(work, "tarballs"))
}

const pnpm = (cwd, ...args) => run("npx", ["--yes", packageManager, ...args], { cwd })

const project = (name, manifest) => {
  const folder = join(work, name)
  mkdirSync(folder)
  cpSync(fileURLToPath(new URL("programs", import.meta.url)), folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }, null, 2))
  return folder
}

const npmInstall = (folder, ...args) => run("npm", ["install", "--no-audit", "--no-fund", ...args], { cwd: folder })

const files = Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]))

/** npm's flat folder with the newest of everything, and the SDKs of old beside the new one. */
export const newest = async () => {
  const folder = project("newest", {
    dependencies: {
      ...files,
      ...newestPeers,
      ...versions("@effect/platform-node", "typescript", "esbuild"),
      miniflare: "4.20260426.0",
      ...Object.fromEntries(oldSdks.map((version) => [`wx-server-sdk-${version}`, `npm:wx-server-sdk@${version}`]))
    }
  })
  await npmInstall(folder, "--strict-peer-deps")
  return folder
}

export const oldSdks = ["2.6.3", "1.8.3", "0.4.3"]

/** The versions of wx-server-sdk, and by which names they are installed. */
export const sdks = [
  [newestPeers["wx-server-sdk"], "wx-server-sdk"],
  ...oldSdks.map((version) => [version, `wx-server-sdk-${version}`])
]

/** npm's flat folder with the lowest version of every peer. */
export const lowest = async () => {
  const { [fleet]: _, ...others } = files
  const folder = project("lowest", { dependencies: { ...others, ...lowestPeers, ...versions("typescript") } })
  await npmInstall(folder, "--strict-peer-deps")
  return folder
}

/** npm's flat folder with the newest undici, which is not the one in use here: it needs Node 22. */
export const undici8 = async () => {
  const folder = project("undici-8", {
    dependencies: { ...files, ...newestPeers, undici: newestUndici, ...versions("typescript") }
  })
  await npmInstall(folder, "--strict-peer-deps")
  return folder
}

export const newestUndici = "8.12.4"

/** pnpm without hoisting, where a package sees what it declares and nothing else. */
export const strict = async () => {
  const folder = project("strict", {
    dependencies: { ...files, ...newestPeers },
    pnpm: {
      // siblings that no registry has yet
      overrides: files,
      // wx-server-sdk requires it and does not declare it
      packageExtensions: { "wx-server-sdk": { dependencies: { "mime-db": "^1.54.0" } } }
    }
  })
  await pnpm(folder, "install", "--config.hoist=false", "--config.strict-peer-dependencies=true", "--ignore-scripts")
  return folder
}

/** The example's folder, bundled out of the tarballs, then installed where the cloud would. */
export const cloudFunction = async (newestFolder) => {
  const source = join(newestFolder, "cloud-function")
  cpSync(`${root}examples/cloud-function`, source, {
    recursive: true,
    filter: (path) => !/node_modules|getPluginList.index\.js$|cloud-function.bundled/.test(path)
  })
  await run(process.execPath, ["build.mjs"], { cwd: source })
  const folder = join(work, "getPluginList")
  renameSync(join(source, "getPluginList"), folder)
  await npmInstall(folder)
  // nothing is installed for this one
  const bundled = join(work, "bundled")
  renameSync(join(source, "bundled/getPluginList"), bundled)
  return { folder, bundled }
}

/** The list program over each SDK, both in one file, in a folder without any package. */
export const bundledSdks = async (newestFolder) => {
  const folder = join(work, "bundled-sdks")
  for (const [version, name] of sdks) {
    await run(
      "node_modules/.bin/esbuild",
      [
        "cloud.cjs",
        "--bundle",
        "--minify",
        "--platform=node",
        `--define:process.env.SDK=${JSON.stringify(name)}`,
        `--outfile=${join(folder, `${version}.cjs`)}`
      ],
      { cwd: newestFolder }
    )
  }
  return folder
}

/** Other Nodes and Deno, from npm packages that carry their binaries; kept for the next time, but not part of any install. */
export const runtimes = async (majors, denoVersion) => {
  const folder = `${root}node_modules/.cache/effect-wechat-runtimes`
  const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`
  const dependencies = Object.fromEntries([
    ...majors.map((major) => [`node-${major}`, `npm:node-${system}@${major}`]),
    ["deno", denoVersion]
  ])
  const manifest = JSON.stringify({ private: true, dependencies })
  const file = join(folder, "package.json")
  if (!existsSync(join(folder, "node_modules")) || readFileSync(file, "utf8") !== manifest) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, manifest)
    await npmInstall(folder)
  }
  const bin = process.platform === "win32" ? "bin/node.exe" : "bin/node"
  return {
    nodes: majors.map((major) => ({ major, node: join(folder, "node_modules", `node-${major}`, bin) })),
    bun: `${root}node_modules/.bin/bun`,
    deno: join(folder, "node_modules/.bin/deno")
  }
}

/** The command as `npm install --global` has it: a folder with one package. */
export const command = async () => {
  const folder = project("command", { dependencies: { "@effect-wechat/cli": files["@effect-wechat/cli"] } })
  await npmInstall(folder)
  const packages = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))
  if (packages.join() !== "@effect-wechat") {
    throw new Error(`installed ${packages.join(", ")}`)
  }
  return join(folder, "node_modules/@effect-wechat/cli/dist/bin.js")
}
