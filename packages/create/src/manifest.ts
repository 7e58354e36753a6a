import { basename, resolve } from "node:path"
import type { Choices } from "./choices.js"

const majors = {
  3: { effect: "^3.22.0", vitest: "^3.2.0", "@effect/vitest": "^0.30.0", "@types/node": "^20.19.0" },
  4: { effect: "^4.1.0", vitest: "^5.1.0", "@effect/vitest": "^4.0.0", "@types/node": "^22.20.0" }
}

const run = "effect-wechat-emulator run"

const scripts = {
  node: { start: `${run} tsx main.ts`, test: "vitest run" },
  bun: { start: `bun run --bun ${run} bun main.ts`, test: "bun --bun vitest run" },
  "cloud-function": {
    build: "node build.mjs",
    prestart: "npm run --silent build",
    start: `${run} node invoke.mjs`,
    test: "vitest run"
  }
}

const sorted = (versions: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The package.json of a project. `version` is that of this package: all of ours have the same, but for the major. */
export const manifest = ({ effect, folder, runtime, transport }: Choices, version: string) => {
  const versions = majors[effect]
  const ours = `^${effect === "4" ? version.replace(/^\d+/, "2") : version}`
  return {
    name:
      basename(resolve(folder))
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]+/g, "-")
        .replace(/^-+|-+$/g, "") || "my-plugins",
    private: true,
    type: "module",
    engines: { node: effect === "4" ? ">=22" : ">=20" },
    scripts: { ...scripts[runtime], check: "tsc" },
    dependencies: sorted({
      effect: versions.effect,
      "@effect-wechat/plugin-manager": ours,
      [`@effect-wechat/transport-${transport}`]: ours,
      ...(transport === "https" && effect === "3" ? { "@effect/platform": "^0.97.0" } : {}),
      // wx-server-sdk requires mime-db and does not declare it
      ...(transport === "cloud" ? { "mime-db": "^1.54.0", "wx-server-sdk": "^4.0.2" } : {})
    }),
    devDependencies: sorted({
      "@effect-wechat/emulator": ours,
      "@effect/vitest": versions["@effect/vitest"],
      "@types/node": versions["@types/node"],
      typescript: "^5.9.0",
      vitest: versions.vitest,
      ...(runtime === "node" ? { tsx: "^4.23.0" } : {}),
      ...(runtime === "cloud-function" ? { esbuild: "^0.28.0" } : {})
    })
  }
}
