import { root } from "@effect-wechat/test-support/process"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { assert, describe, it } from "vitest"
import { startEmulator } from "./emulator.js"
import { copyOf, emptyFolder } from "./managers.js"

const folder = `${root}examples/`

/** What `npm start` prints in each example. */
const prints: Readonly<Record<string, RegExp>> = {
  "central-token": /^WeChat was asked for a token 3 times\.$/m,
  "cloud-function": /^(\{"plugins":\[\{.*\n)\1/m,
  "cloud-function-effect-4": /^(\{"plugins":\[\{.*\n)\1/m,
  compose:
    /^wx-fine: 1 plugins, 1 waiting .*\nwx-barred: for its owner: .*invalid ip 1\.2\.3\.4.*\nwx-slow: no answer within 3 seconds$/m,
  credentials: /'aaaa'/,
  fleet: /^What is different:$/m,
  "list-https": /^aaaa 插件昵称: 申请中$/m,
  "plugin-story": /^The shop unbinds it\.$/m,
  promise: /^4 plugins, asked for twice with one token$/m,
  proxy: /^CONNECT 127\.0\.0\.1:\d+\n[^]*^aaaa applying$/m,
  "swap-by-environment": /^aaaa applying$/m,
  telemetry: /^4 plugins$/m,
  vitest: /Tests +3 passed/
}

const copy = (name: string) => copyOf(folder + name, name.endsWith("effect-4") ? 4 : 3)

describe("a copy of an example, outside of this repository", () => {
  it("is tried for every example", () => {
    const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : []
    )
    assert.sameMembers([...Object.keys(prints), "github-action", "hono"], names)
  })

  it.each(Object.entries(prints))("%s: npm install && npm start", async (name, printed) => {
    const stranger = copy(name)
    try {
      await stranger.succeed("npm", ["install"])
      assert.match(await stranger.succeed("npm", ["start"]), printed)
    } finally {
      stranger.remove()
    }
  })

  it("swap-by-environment over the other transport", async () => {
    const stranger = copy("swap-by-environment")
    try {
      await stranger.succeed("npm", ["install"])
      assert.match(
        await stranger.succeed("npm", ["start"], { WECHAT_TRANSPORT: "cloud" }),
        prints["swap-by-environment"]!
      )
    } finally {
      stranger.remove()
    }
  })

  it("hono: its route lists plugins", async () => {
    const stranger = copy("hono")
    try {
      await stranger.succeed("npm", ["install"])
      const server = stranger.start("npm", ["start", "--silent"], { PORT: "0" })
      try {
        for await (const url of createInterface({ input: server.stdout })) {
          const { plugins } = (await (await fetch(url)).json()) as { readonly plugins: ReadonlyArray<object> }
          assert.lengthOf(plugins, 4)
          break
        }
      } finally {
        process.kill(-server.pid!)
      }
    } finally {
      stranger.remove()
    }
  })

  it("github-action: fails when an application has timed out, and only then", async () => {
    const workflow = readFileSync(`${folder}github-action/.github/workflows/plugins.yml`, "utf8")
    const script = /run: \|\n((?: {10}.*\n)+)/.exec(workflow)![1]!.replaceAll(/^ {10}/gm, "")
    const stranger = emptyFolder(4)
    const emulator = await startEmulator()
    try {
      writeFileSync(join(stranger.folder, "step.sh"), script)
      const step = () => stranger.run("bash", ["-e", "step.sh"], emulator.env)
      const late = await step()
      assert.strictEqual(late.code, 1, late.all)
      assert.match(late.stdout, /^::error::\w+ ".*": the application has timed out\n$/)
      const control = `${emulator.env.WECHAT_BASE_URL}/__emulator/seed`
      const world = {
        miniPrograms: [{ appid: emulator.env["WECHAT_APPID"], appSecret: emulator.env["WECHAT_SECRET"] }]
      }
      const seeded = await fetch(control, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(world)
      })
      assert.strictEqual(seeded.status, 200, await seeded.text())
      const inTime = await step()
      assert.deepStrictEqual([inTime.code, inTime.stdout], [0, ""], inTime.all)
    } finally {
      emulator.stop()
      stranger.remove()
    }
  })
})
