import { defineProject } from "vitest/config"

export default defineProject({
  // wx-server-sdk asks for the metadata of its machine unless it is told where it runs
  test: { name: "transport-cloud", env: { TENCENTCLOUD: "true" } }
})
