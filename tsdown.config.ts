import { defineConfig } from "tsdown"

/** Every module of a library becomes one of its own, for import and for require, each with its types; the command is a bundle. */
export default defineConfig({
  workspace: { include: "packages/*", exclude: ["packages/cli"] },
  entry: ["src/*.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  unbundle: true,
  dts: true,
  sourcemap: true,
  clean: true,
  deps: { neverBundle: [/^[^./]/] }
})
