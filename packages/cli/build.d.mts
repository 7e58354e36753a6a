import type { BuildResult } from "esbuild"

export const build: (outdir: string) => Promise<BuildResult<{ metafile: true }>>

export const buildFleet: (outdir: string) => Promise<void>
