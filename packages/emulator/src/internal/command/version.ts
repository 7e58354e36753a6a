import { readFileSync } from "node:fs"

/** The version of the package, read from its manifest. From `src` and from `dist` it is equally far. */
export const version = (bin: string): string => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", bin), "utf8")) as { readonly version: string }
  return manifest.version
}
