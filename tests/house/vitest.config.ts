import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "house",
    // child processes: compilers, examples, npm
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
