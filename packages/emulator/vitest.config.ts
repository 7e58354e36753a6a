import { defineProject } from "vitest/config"

export default defineProject({
  // without TENCENTCLOUD, wx-server-sdk looks for a metadata server before each call
  test: { name: "emulator", env: { TENCENTCLOUD: "true" } }
})
