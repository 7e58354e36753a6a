import { assert, describe, it } from "vitest"
import { join } from "node:path"
import { writeFileSync } from "node:fs"
import { emptyFolder, type Major, managers } from "./managers.js"
import { firstBlock, installs, readmes } from "./readme.js"
import { startEmulator } from "./emulator.js"

const [readme] = readmes as [string]
const list = firstBlock(readme, "text")

describe.each<Major>([4, 3])("Effect %i, by the README", (major) => {
  const [https, cloud, tests] = installs(readme, major) as [
    ReadonlyArray<string>,
    ReadonlyArray<string>,
    ReadonlyArray<string>
  ]

  it.each(managers)("$name: the first program lists plugins", async ({ add, node }) => {
    const stranger = emptyFolder(major)
    try {
      writeFileSync(join(stranger.folder, "main.mjs"), firstBlock(readme, "ts"))
      await stranger.succeed(add[0]!, [...add.slice(1), ...https])
      assert.strictEqual(await stranger.succeed(node[0]!, [...node.slice(1), "main.mjs"]), list)
    } finally {
      stranger.remove()
    }
  })

  it("a cloud function", async () => {
    const stranger = emptyFolder(major)
    const emulator = await startEmulator()
    try {
      await stranger.succeed("npm", ["install", ...cloud])
      assert.strictEqual(await stranger.succeed("node", ["cloud.mjs"], emulator.env), list)
    } finally {
      emulator.stop()
      stranger.remove()
    }
  })

  it("a test against the emulator", async () => {
    const stranger = emptyFolder(major)
    try {
      await stranger.succeed("npm", ["install", "--save-dev", ...tests])
      const printed = await stranger.succeed("node", ["node_modules/vitest/vitest.mjs", "run"])
      assert.match(printed, /Tests +1 passed/)
    } finally {
      stranger.remove()
    }
  })

  it("both languages say the same", () => {
    assert.deepStrictEqual(installs("README.zh-CN.md", major), installs("README.md", major))
  })
})

describe("what needs no Effect", () => {
  it("the command", async () => {
    const stranger = emptyFolder(3)
    try {
      const printed = await stranger.succeed("npx", ["-y", "@effect-wechat/cli", "list", "--emulator", "--json"])
      assert.deepStrictEqual(
        (JSON.parse(printed) as ReadonlyArray<{ readonly appid: string }>).map(({ appid }) => appid),
        list.match(/^\S+/gm)
      )
    } finally {
      stranger.remove()
    }
  })

  it.each([
    ["Node 20", 3],
    ["Node 22", 4]
  ] as const)("the emulator, on %s", async (_, major) => {
    const stranger = emptyFolder(major)
    try {
      const emulator = ["-y", "@effect-wechat/emulator"]
      assert.match(await stranger.succeed("npx", [...emulator, "--help"]), /--port/)
      const program = ["node", "--print", "process.env.WECHAT_BASE_URL"]
      assert.match(await stranger.succeed("npx", [...emulator, "run", ...program]), /^http:\/\/127\.0\.0\.1:\d+\n$/)
    } finally {
      stranger.remove()
    }
  })
})
