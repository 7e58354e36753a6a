// `npm run release`: publishes what the registry does not have yet. Version 1 of every package, and version 2, for Effect 4, of those that
// are derived for it. Arguments are handed to `npm publish`, for example `--dry-run`.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const json = (file) => JSON.parse(readFileSync(file, "utf8"))
const { packageManager, repository } = json(`${root}package.json`)

const published = `${root}node_modules/.cache/effect-wechat-release`
const derived = `${root}effect-4/.generated/packed/packages`

const end = (message) => {
  console.error(message)
  process.exit(1)
}

const run = (cwd, command, ...args) => {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" })
  if (status !== 0) {
    end(`${[command, ...args].join(" ")} ended with ${status}`)
  }
}

const url = process.env.RELEASE_REPOSITORY ?? repository.url
if (!URL.canParse(url)) {
  end(
    "Nothing was published: the packages would not say where their source is. Fill in `repository.url` of package.json, for example git+https://github.com/OWNER/effect-wechat.git"
  )
}
const home = url.replace(/^git\+/, "").replace(/\.git$/, "")

/** Folders of version 1, made as pnpm publishes them. */
const packVersion1 = () => {
  rmSync(published, { recursive: true, force: true })
  mkdirSync(published, { recursive: true })
  run(root, "npm", "run", "--silent", "build")
  run(root, "npx", "--yes", packageManager, "-r", "--filter", "./packages/*", "pack", "--pack-destination", published)
  return readdirSync(published).map((file) => {
    const folder = join(published, file.replace(".tgz", ""))
    mkdirSync(folder)
    run(published, "tar", "-xzf", file, "-C", folder, "--strip-components=1")
    return folder
  })
}

const packVersion2 = () => {
  run(root, "npm", "run", "--silent", "effect-4", "--", "--pack")
  return readdirSync(derived).map((name) => join(derived, name))
}

/** What every manifest says of the place that this is developed in. */
const address = (directory) => ({
  repository: { ...repository, url, directory },
  homepage: `${home}#readme`,
  bugs: `${home}/issues`
})

const isThere = ({ name, version }) =>
  spawnSync("npm", ["view", `${name}@${version}`, "version"], {
    encoding: "utf8",
    shell: process.platform === "win32"
  }).stdout.trim() === version

const version1 = packVersion1()
const version2 = packVersion2()
const namesOf2 = version2.map((folder) => json(join(folder, "package.json")).name)
for (const folder of [...version1, ...version2]) {
  const file = join(folder, "package.json")
  const manifest = json(file)
  const directory = `packages/${manifest.name.replace("@effect-wechat/", "")}`
  if (!existsSync(join(root, directory))) {
    end(`${manifest.name} is not developed in ${directory}`)
  }
  writeFileSync(file, JSON.stringify({ ...manifest, ...address(directory) }, null, 2))
  if (isThere(manifest)) {
    console.log(`${manifest.name} ${manifest.version} is already published`)
  } else {
    // who installs without a version gets Effect 4, as with `effect` itself
    const tag = version1.includes(folder) && namesOf2.includes(manifest.name) ? "effect-3" : "latest"
    run(folder, "npm", "publish", "--tag", tag, "--access", "public", ...process.argv.slice(2))
  }
}
