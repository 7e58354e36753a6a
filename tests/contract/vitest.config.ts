import { configDefaults, defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "contract",
    // a project of its own
    exclude: [...configDefaults.exclude, "secrets/**"],
    // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
    env: { TENCENTCLOUD: "true" },
    // no test measures time: the limit only ends one that hangs
    testTimeout: 240_000
  }
})
