import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"
import projects from "./vitest.workspace.js"

export default defineConfig({
  // vitest leaves one processor free, which is half of two
  test: {
    projects,
    maxWorkers: availableParallelism(),
    minWorkers: 1,
    // the files of a project share the modules of Effect, which take longer to load than most tests; vitest reads this here only
    isolate: false
  }
})
