import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "house",
    // child processes: compilers, examples, npm
    testTimeout: 600_000,
    hookTimeout: 600_000
  }
})
