import { configDefaults, defineConfig } from "vitest/config"

const secrets = "tests/contract/secrets/**/*.test.ts"

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "derived",
          include: ["{packages,tests}/**/*.test.ts"],
          exclude: [...configDefaults.exclude, secrets]
        }
      },
      // `layer` of @effect/vitest leaks into the other files of a worker
      { extends: true, test: { name: "secrets", include: [secrets] } }
    ],
    // the files share the modules of Effect, which take longer to load than most tests
    isolate: false,
    // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
    env: { TENCENTCLOUD: "true" },
    // no test measures time: the limit only ends one that hangs
    testTimeout: 240_000
  }
})
