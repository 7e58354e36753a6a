import { defineProject } from "vitest/config"

export default defineProject({
  // child processes
  test: { name: "create", testTimeout: 120_000 }
})
