import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { copyOf, emptyFolder, type Major } from "./managers.js"

const combinations = (
  [
    ["node", "https"],
    ["node", "cloud"],
    ["bun", "https"],
    ["bun", "cloud"],
    ["cloud-function", "cloud"]
  ] as const
).flatMap(([runtime, transport]) =>
  ([3, 4] as const).map((effect): [string, string, Major] => [runtime, transport, effect])
)

describe("npm create @effect-wechat", () => {
  it.each(combinations)(
    "%s, %s, Effect %i: installs, starts, passes its test, and has no type error",
    async (...choice) => {
      const [runtime, transport, effect] = choice
      const stranger = emptyFolder(effect)
      try {
        const options = ["--runtime", runtime, "--transport", transport, "--effect", String(effect)]
        await stranger.succeed("npm", ["create", "--yes", "@effect-wechat@latest", "--", "plugins", ...options])
        const project = copyOf(join(stranger.folder, "plugins"), effect)
        try {
          const tool = runtime === "bun" ? "bun" : "npm"
          await project.succeed(tool, ["install"])
          assert.match(await project.succeed(tool, ["run", "start"]), /aaaa 插件昵称: applying/)
          assert.match(await project.succeed(tool, ["run", "test"]), /Tests +2 passed/)
          await project.succeed(tool, ["run", "check"])
        } finally {
          project.remove()
        }
      } finally {
        stranger.remove()
      }
    }
  )
})
