import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "chaos",
    globalSetup: "bundle.ts",
    // a scenario mostly waits
    maxWorkers: 3,
    minWorkers: 3,
    // no test measures time by this limit: it only ends one that hangs
    testTimeout: 120_000
  }
})
