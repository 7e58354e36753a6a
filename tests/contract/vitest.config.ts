import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "contract",
    // wx-server-sdk then makes no metadata look-ups
    env: { TENCENTCLOUD: "true" }
  }
})
