import { defineConfig } from "tsdown"

/** Every module of a library becomes one of its own, for import and for require, each with its types; the command is a bundle. */
const libraries = defineConfig({
  workspace: { include: "packages/*", exclude: ["packages/cli", "packages/create"] },
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

/** One file without dependencies, beside its templates. */
const create = defineConfig({
  workspace: "packages/create",
  entry: ["src/bin.ts"],
  format: ["esm"],
  platform: "neutral",
  target: "node20",
  clean: true,
  deps: { neverBundle: [/^[^./]/] }
})

export default [libraries, create].flat()
