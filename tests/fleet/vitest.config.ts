import { defineProject } from "vitest/config"

export default defineProject({
  // no test measures time: the limit only ends one that hangs
  test: { name: "fleet-crash", globalSetup: "bundle.ts", testTimeout: 600_000 }
})
