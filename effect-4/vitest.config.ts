import { defineProject } from "vitest/config"

export default defineProject({ test: { name: "effect-4", include: ["test/*.test.ts"], testTimeout: 120_000 } })
