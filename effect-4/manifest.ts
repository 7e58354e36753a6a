import { version } from "./packages.js"

type Table = Readonly<Record<string, string>>

/** What is read of a manifest in `packages/`. */
export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly publishConfig?: { readonly exports: Readonly<Record<string, unknown>> }
  readonly sideEffects?: ReadonlyArray<string>
  readonly peerDependencies?: Table
  readonly [key: string]: unknown
}

/** The peers of Effect 4; what has no entry is a part of `effect` now. */
const peers: Table = { effect: "^4.1.0", "@effect/platform-node": "^4.1.0" }

const peersOf = (before: Table): Table =>
  Object.fromEntries(
    Object.entries(before).flatMap(([name, range]) =>
      name.startsWith("@effect-wechat/")
        ? [[name, `^${version}`]]
        : name in peers
          ? [[name, peers[name]!]]
          : name.startsWith("@effect/")
            ? []
            : [[name, range]]
    )
  )

/** What is for this repository alone. */
const left = new Set(["devDependencies", "publishConfig", "scripts"])

/** The manifest of major 2, with which the sources are run. */
export const derivedManifest = (manifest: Manifest) => ({
  ...Object.fromEntries(Object.entries(manifest).filter(([name]) => !left.has(name))),
  ...("version" in manifest ? { version } : {}),
  peerDependencies: peersOf(manifest.peerDependencies ?? {})
})

const isEsm = (entry: unknown): entry is { readonly import: object } =>
  typeof entry === "object" && entry !== null && "import" in entry

/** The manifest that is packed: ESM only. */
export const packedManifest = (manifest: Manifest) => ({
  ...derivedManifest(manifest),
  sideEffects: (manifest.sideEffects ?? []).filter((file) => file.endsWith(".js")),
  exports: Object.fromEntries(
    Object.entries(manifest.publishConfig?.exports ?? {}).map(([path, entry]) => [
      path,
      isEsm(entry) ? entry.import : entry
    ])
  )
})
