import { defineProject } from "vitest/config"

export default defineProject({
  // child processes
  test: { name: "examples", testTimeout: 120_000, hookTimeout: 120_000 }
})
