import { defineProject } from "vitest/config"

export default defineProject({
  // child processes, some in a terminal
  test: { name: "cli", testTimeout: 60_000, hookTimeout: 60_000 }
})
