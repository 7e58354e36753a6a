import { defineProject } from "vitest/config"

export default defineProject({
  // no test measures time: the limit only ends one that hangs
  test: {
    name: "registry",
    globalSetup: "setup.ts",
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000
  }
})
