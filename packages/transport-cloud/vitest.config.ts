import { defineProject } from "vitest/config"

export default defineProject({
  // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
  // no test measures time: the limit only ends one that hangs
  test: { name: "transport-cloud", env: { TENCENTCLOUD: "true" }, testTimeout: 120_000 }
})
