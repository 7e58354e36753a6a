// How the tests of one package run against its mutants. Stryker starts vitest inside a copy of the package's folder, and this
// takes the place of the package's own vitest.config.ts.
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const folder = process.cwd()
const name = process.env.MUTATED_PACKAGE

export default defineConfig({
  resolve: {
    // tests import the package by its name, and so do the other packages: that is the copy here
    alias: [
      { find: new RegExp(`^${name}$`), replacement: `${folder}/src/index.ts` },
      { find: new RegExp(`^${name}/(.+)$`), replacement: `${folder}/src/$1.ts` }
    ]
  },
  test: {
    env: { TENCENTCLOUD: "true" },
    // one worker keeps effect loaded for all mutants; fresh.mjs loads the package's own modules anew for each test file
    isolate: false,
    setupFiles: [fileURLToPath(new URL("fresh.mjs", import.meta.url))],
    // a mutant that waits for ever is found by a test that fails, which is cheaper than a worker that is killed
    testTimeout: 10_000
  }
})
