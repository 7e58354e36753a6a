import { defineProject } from "vitest/config"

export default defineProject({
  // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
  // no test measures time, so the limit only has to end a test that hangs
  test: { name: "emulator", env: { TENCENTCLOUD: "true" }, testTimeout: 60_000 }
})
