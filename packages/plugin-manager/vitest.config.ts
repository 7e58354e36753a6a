import { defineProject } from "vitest/config"

export default defineProject({
  // no test measures time: the limit only ends one that hangs
  test: { isolate: false, name: "plugin-manager", testTimeout: 120_000 }
})
