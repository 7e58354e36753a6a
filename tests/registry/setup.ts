import { freePort } from "@effect-wechat/test-support/freePort"
import { Effect } from "effect"
import { execFileSync, spawn, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    readonly registry: string
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url))
const cache = join(root, "node_modules/.cache/effect-wechat-registry")

/** Verdaccio, which is kept for the next time and is part of no other install. */
const verdaccio = () => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(
    join(cache, "package.json"),
    // verdaccio asks for it by a tag that not every mirror has
    JSON.stringify({ private: true, dependencies: { verdaccio: "6.5.0" }, overrides: { "node-fetch": "2.7.0" } })
  )
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"], { cwd: cache })
  return join(cache, "node_modules/verdaccio/bin/verdaccio")
}

const settingsOfUser = () => {
  const file = execFileSync("npm", ["config", "get", "userconfig"], { encoding: "utf8" }).trim()
  return existsSync(file) ? readFileSync(file, "utf8") : ""
}

/** Ours alone: everything else comes from where npm gets it. */
const config = (storage: string) => `
storage: ${storage}
packages:
  "@effect-wechat/*":
    access: $all
    publish: $anonymous
server:
  keepAliveTimeout: 60
log: { type: stdout, format: json, level: http }
`

/** A registry on loopback that has what `npm run release` publishes. */
export default async ({ provide }: TestProject) => {
  const folder = mkdtempSync(join(tmpdir(), "effect-wechat-registry-"))
  writeFileSync(join(folder, "config.yaml"), config(join(folder, "storage")))
  const url = `http://127.0.0.1:${await Effect.runPromise(freePort)}/`
  const server = spawn(
    process.execPath,
    [verdaccio(), "--config", join(folder, "config.yaml"), "--listen", new URL(url).host],
    {
      stdio: ["ignore", "pipe", "inherit"]
    }
  )
  await new Promise<void>((resolve, reject) => {
    let text = ""
    server.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk
      if (text.includes("http address")) {
        resolve()
      }
    })
    server.on("exit", () => reject(new Error(text)))
  })
  const stop = () => {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const npmrc = join(folder, ".npmrc")
  writeFileSync(
    npmrc,
    `${settingsOfUser()}\n@effect-wechat:registry=${url}\n//${new URL(url).host}/:_authToken=anybody\nloglevel=error\n`
  )
  const { status } = spawnSync(process.execPath, ["scripts/release.mjs", "--provenance=false"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      RELEASE_REPOSITORY: "git+https://example.invalid/effect-wechat.git",
      npm_config_userconfig: npmrc
    }
  })
  if (status !== 0) {
    stop()
    throw new Error("npm run release has failed")
  }
  provide("registry", url)
  return stop
}
