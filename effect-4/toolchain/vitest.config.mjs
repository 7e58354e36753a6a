import { defineConfig } from "vitest/config"

// no test measures time: the limit only ends one that hangs
export default defineConfig({ test: { include: ["**/test/**/*.test.ts"], testTimeout: 120_000 } })
