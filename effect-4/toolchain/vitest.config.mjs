import { defineConfig } from "vitest/config"

// no test measures time: the limit only ends one that hangs
export default defineConfig({
  test: {
    include: ["{packages,tests}/**/*.test.ts"],
    // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
    env: { TENCENTCLOUD: "true" },
    testTimeout: 240_000
  }
})
