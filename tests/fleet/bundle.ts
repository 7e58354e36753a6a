import * as esbuild from "esbuild"
import { fileURLToPath } from "node:url"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    sweeper: string
  }
}

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Bundles a program of this folder into one file, which starts much sooner than the sources. Returns the path of the file. */
export const bundle = async (name: string): Promise<string> => {
  const outfile = pathOf(`node_modules/.cache/${name}.mjs`)
  await esbuild.build({
    entryPoints: [pathOf(`${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["@libsql/client", "pg-native"],
    // what CommonJS packages ask for
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);'
    },
    logLevel: "warning"
  })
  return outfile
}

export default async (project: TestProject) => project.provide("sweeper", await bundle("sweeper"))
