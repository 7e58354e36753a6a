type Table = Readonly<Record<string, string>>

/** What is read of a manifest in `packages/`. */
export interface Manifest {
  readonly name: string
  /** none in a folder of tests */
  readonly version?: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly publishConfig?: {
    readonly bin?: Table
    readonly exports: Readonly<Record<string, unknown>>
  }
  readonly sideEffects?: ReadonlyArray<string>
  readonly peerDependencies?: Table
  readonly peerDependenciesMeta?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** Version 2.3.1 has the changes of version 1.3.1. */
const versionOf2 = (version: string): string => version.replace(/^\d+/, "2")

/** The peers of Effect 4; what has no entry is a part of `effect` now. */
const peers: Table = { effect: "^4.1.0", "@effect/platform-node": "^4.1.0" }

const peersOf = (before: Table, version: string): Table =>
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
export const derivedManifest = (manifest: Manifest) => {
  const { peerDependencies = {}, peerDependenciesMeta = {}, version } = manifest
  const peers = peersOf(peerDependencies, versionOf2(version ?? ""))
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([name]) => !left.has(name))),
    ...(version === undefined ? {} : { version: versionOf2(version) }),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.entries(peerDependenciesMeta).filter(([name]) => name in peers)),
    engines: { node: ">=22" }
  }
}

const isEsm = (entry: unknown): entry is { readonly import: object } =>
  typeof entry === "object" && entry !== null && "import" in entry

/** The manifest that is published: ESM only. */
export const packedManifest = (manifest: Manifest) => ({
  ...derivedManifest(manifest),
  ...(manifest.publishConfig?.bin === undefined ? {} : { bin: manifest.publishConfig.bin }),
  sideEffects: (manifest.sideEffects ?? []).filter((file) => file.endsWith(".js")),
  exports: Object.fromEntries(
    Object.entries(manifest.publishConfig?.exports ?? {}).map(([path, entry]) => [
      path,
      isEsm(entry) ? entry.import : entry
    ])
  )
})
