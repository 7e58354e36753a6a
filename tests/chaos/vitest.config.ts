import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "chaos",
    globalSetup: "bundle.ts",
    // four processes, Redis and the emulator for each scenario: one at a time
    fileParallelism: false,
    // no test measures time by this limit: it only ends one that hangs
    testTimeout: 120_000
  }
})
