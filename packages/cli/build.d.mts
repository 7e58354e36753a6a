import type { BuildResult } from "esbuild"

export const build: (outdir: string) => Promise<BuildResult<{ metafile: true }>>
