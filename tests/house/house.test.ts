import { assert, describe, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { root } from "@effect-wechat/test-support/process"

/** which packages a package may import; the emulator knows WeChat's documents and nothing of ours */
const arrows: Readonly<Record<string, ReadonlyArray<string>>> = {
  "plugin-manager": ["effect"],
  "transport-https": [
    "@effect-wechat/plugin-manager",
    "@effect/experimental",
    "@effect/platform",
    "effect",
    "fast-xml-parser",
    "ioredis",
    "undici"
  ],
  "transport-cloud": ["@effect-wechat/plugin-manager", "effect"],
  emulator: ["@effect/platform", "effect", "protobufjs"],
  fleet: [
    "@effect-wechat/plugin-manager",
    "@effect-wechat/transport-https",
    "@effect/cluster",
    "@effect/experimental",
    "@effect/platform",
    "@effect/sql",
    "@effect/sql-libsql",
    "@effect/workflow",
    "@libsql/client",
    "effect"
  ],
  cli: [
    "@effect-wechat/emulator",
    "@effect-wechat/fleet",
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
  ],
  create: []
}

/** Packages and modules that run on Node, Bun and Deno only. All others run anywhere. */
const onNode = ["emulator", "fleet", "cli", "create", "transport-https/NodeTransport", "transport-https/internal/node"]

const isOnNode = (name: string, file: string) =>
  onNode.includes(name) || [dirname(file), file.replace(/\.ts$/, "")].some((path) => onNode.includes(`${name}/${path}`))

/** Modules of the emulator that import almost nothing. */
const leaves = ["Fault", "Journal", "Push", "World"]

/**
 * Which rooms a room may import: a folder of `src`, or one module by its name. What stands in `src` itself, and what stands flat in
 * `internal`, joins the rooms and may import all of them; a room imports of it only what is listed.
 */
const rooms: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<string>>>>> = {
  "plugin-manager": {
    internal: [],
    records: ["internal"],
    errors: ["internal", "records"],
    operations: ["internal", "records", "errors", "Operation", "PluginManagerError", "ThirdPartyPlatform", "Transport"]
  },
  "transport-https": {
    "internal/http": ["internal/platform", "Credential", "HttpsOptions"],
    "internal/events": ["internal/http"],
    "internal/stores": ["TokenStore"],
    "internal/whole": ["internal/http", "internal/platform"],
    "internal/undici": ["internal/http", "internal/whole"],
    "internal/node": ["internal/http", "internal/whole"],
    "internal/signing": ["internal/http", "internal/warnOnce", "SigningKeys"],
    "internal/tokens": ["internal/http", "internal/warnOnce", "Credential", "HttpsOptions", "TokenStore"],
    "internal/tokens/sources": ["internal/tokens", "internal/http", "internal/warnOnce", "Credential"]
  },
  fleet: {
    "internal/database": [],
    "internal/results": ["internal/database", "AppResult"],
    "internal/session": [],
    "internal/report": ["AppResult", "Results", "Sweep"],
    "internal/sweep": ["internal/database", "AppResult", "Change", "Sweep"]
  },
  cli: {
    "grammar/fleet": ["grammar/define", "grammar/options", "program/language", "program/failure", "commands/fleet"],
    "program/schema": [],
    "program/language": [],
    "program/output": ["program/language"],
    "program/failure": ["program/schema", "program/language", "program/output"],
    "program/question": ["program/language", "program/output", "program/failure"],
    "program/miniProgram": [
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/question"
    ],
    "program/fleet": [
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/question",
      "program/miniProgram"
    ],
    "commands/fleet/view": [
      "commands/tables",
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/fleet"
    ],
    "commands/fleet": [
      "commands/fleet/view",
      "commands/tables",
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/question",
      "program/fleet"
    ],
    "commands/errcodes": ["program/schema", "program/language", "program/failure"],
    "commands/tables": ["program/language", "program/output"],
    "commands/doctor": [
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/miniProgram"
    ],
    "commands/mcp": [
      "commands/doctor",
      "commands/errcodes",
      "commands/fleet/view",
      "program/fleet",
      "program/schema",
      "program/language",
      "program/output",
      "program/failure",
      "program/miniProgram"
    ]
  },
  emulator: {
    "internal/command": ["Emulator"],
    "internal/tokens": leaves,
    "internal/http": leaves,
    "internal/domain": ["internal/tokens", ...leaves],
    "internal/gateway": ["internal/http", ...leaves],
    "internal/security": ["internal/tokens", "internal/http", "internal/domain", ...leaves],
    "internal/pushes": ["internal/tokens", "internal/domain", ...leaves],
    "internal/control": [
      "internal/tokens",
      "internal/http",
      "internal/domain",
      "internal/gateway",
      "internal/pushes",
      ...leaves
    ],
    "internal/endpoints/platform": [
      "internal/tokens",
      "internal/http",
      "internal/domain",
      "internal/security",
      "internal/pushes",
      ...leaves
    ],
    "internal/page": ["internal/http", "internal/security", "internal/control", ...leaves],
    "internal/endpoints": [
      "internal/tokens",
      "internal/http",
      "internal/domain",
      "internal/gateway",
      "internal/security",
      "internal/control",
      "internal/endpoints/platform",
      ...leaves
    ]
  }
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

/** The room of a file: its folder, or its own name if it joins the rooms. */
const roomOf = (name: string, file: string) => {
  const folder = dirname(file)
  const own = file.replace(/\.ts$/, "")
  // `doctor.ts` stands beside its room `doctor/`
  return folder in rooms[name]! ? folder : own in rooms[name]! ? file : own
}

describe("the house", () => {
  it("CONTRIBUTING names only files and folders that exist", () => {
    const paths = [
      ...readFileSync(`${root}CONTRIBUTING.md`, "utf8").matchAll(/`((?:packages|tests|docs|scripts)\/[\w./-]+)`/g)
    ]
    assert.isAbove(paths.length, 20)
    for (const [, path] of paths) {
      assert.isTrue(existsSync(root + path!), path)
    }
  })

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
          assert.isTrue(isOnNode(name, file), `${file}: ${specifier} ties a library to Node`)
        } else if (specifier.startsWith(".") && !isOnNode(name, file)) {
          const target = join(dirname(file), specifier.replace(/\.js$/, ".ts"))
          assert.isFalse(isOnNode(name, target), `${file}: ${specifier} is for Node only`)
        } else if (!specifier.startsWith(".")) {
          assert.include(allowed, packageOf(specifier), file)
          assert.include(declared, packageOf(specifier), file)
          assert.notInclude(["effect", "@effect/platform"], specifier, `${name}/${file}: barrels double a bundle`)
        }
      }
    })
  }

  for (const [name, allowed] of Object.entries(rooms)) {
    it(`${name}: a room imports only the rooms below it`, () => {
      for (const [file, specifier] of imports(name)) {
        const room = roomOf(name, file)
        if (specifier.startsWith(".") && room in allowed) {
          const target = roomOf(name, join(dirname(file), specifier.replace(/\.js$/, ".ts")))
          assert.include([room, ...allowed[room]!], target, `${file} imports ${specifier}`)
        }
      }
    })

    it(`${name}: every folder is a room, and none is a heap`, () => {
      const files = readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: "utf8" }).filter((file) =>
        file.endsWith(".ts")
      )
      const folders = new Set(files.map((file) => dirname(file)).filter((folder) => folder.includes("/")))
      assert.includeMembers(Object.keys(allowed), [...folders])
      for (const folder of folders) {
        assert.isAtMost(files.filter((file) => dirname(file) === folder).length, 12, folder)
      }
    })
  }
})
