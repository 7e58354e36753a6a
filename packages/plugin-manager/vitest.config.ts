import { defineProject } from "vitest/config"

export default defineProject({
  // no test measures time: the limit only ends one that hangs
  test: { name: "plugin-manager", testTimeout: 120_000 }
})
