import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { root } from "@effect-wechat/test-support/process"

/** which packages a package may import; the emulator knows WeChat's documents and nothing of ours */
const arrows: Readonly<Record<string, ReadonlyArray<string>>> = {
  "plugin-manager": ["effect"],
  "transport-https": [
    "@effect-wechat/plugin-manager",
    "@effect/experimental",
    "@effect/platform",
    "effect",
    "ioredis",
    "undici"
  ],
  "transport-cloud": ["@effect-wechat/plugin-manager", "effect"],
  emulator: ["@effect/platform", "effect", "protobufjs"],
  cli: [
    "@effect-wechat/emulator",
    "@effect-wechat/plugin-manager",
    "@effect-wechat/transport-https",
    "@effect/ai",
    "@effect/cli",
    "@effect/platform",
    "@effect/platform-node",
    "effect",
    "picocolors",
    "string-width",
    "supports-hyperlinks"
  ]
}

const imports = (name: string): ReadonlyArray<readonly [file: string, specifier: string]> =>
  readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const code = readFileSync(`${root}packages/${name}/src/${file}`, "utf8").replaceAll(/^ *\*.*$/gm, "")
      return [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
        ([, specifier]) => [file, specifier!] as const
      )
    })

const packageOf = (specifier: string) =>
  specifier.startsWith("node:")
    ? specifier
    : specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/")

describe("the house", () => {
  it("has a room for every package", () => {
    assert.deepStrictEqual(readdirSync(`${root}packages`).sort(), Object.keys(arrows).sort())
  })

  for (const [name, allowed] of Object.entries(arrows)) {
    it(`${name} imports only what its arrows allow, and declares it`, () => {
      const manifest = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")) as {
        readonly dependencies?: object
        readonly peerDependencies?: object
      }
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
      for (const [file, specifier] of imports(name)) {
        if (specifier.startsWith("node:")) {
          assert.include(["emulator", "cli"], name, `${file}: ${specifier} ties a library to Node`)
        } else if (!specifier.startsWith(".")) {
          assert.include(allowed, packageOf(specifier), file)
          assert.include(declared, packageOf(specifier), file)
          assert.notInclude(["effect", "@effect/platform"], specifier, `${name}/${file}: barrels double a bundle`)
        }
      }
    })
  }
})
