import { defineProject } from "vitest/config"

export default defineProject({
  // child processes, some in a terminal
  test: { name: "cli", testTimeout: 300_000, hookTimeout: 300_000 }
})
