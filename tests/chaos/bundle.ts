import * as esbuild from "esbuild"
import type { TestProject } from "vitest/node"
import { fileURLToPath } from "node:url"

declare module "vitest" {
  export interface ProvidedContext {
    machine: string
  }
}

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** One file for all machines: each of them starts much sooner than from the sources. */
export default async (project: TestProject) => {
  const outfile = pathOf("node_modules/.cache/machine.mjs")
  await esbuild.build({
    entryPoints: [pathOf("machine.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["ioredis"],
    logLevel: "warning"
  })
  project.provide("machine", outfile)
}
