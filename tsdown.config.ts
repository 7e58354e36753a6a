import { defineConfig } from "tsdown"

/** Every module of a package becomes one of its own, for import and for require, each with its types. */
export default defineConfig({
  workspace: "packages/*",
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
