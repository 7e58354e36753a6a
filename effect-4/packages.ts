/** A folder of this repository that major 2 is derived from. */
export interface Unit {
  /** from the root of the repository, and in `.generated` as well */
  readonly folder: string
  /** the files and folders of it that are derived; without it, `src` and `test` */
  readonly only?: ReadonlyArray<string>
  /** tests that are not derived, with the reason */
  readonly notDerived?: Readonly<Record<string, string>>
}

/** What is derived so far. */
export const units: ReadonlyArray<Unit> = [
  { folder: "packages/plugin-manager" },
  { folder: "packages/transport-cloud" },
  {
    folder: "packages/transport-https"
  },
  { folder: "packages/emulator" },
  { folder: "tests/contract", only: ["."] },
  // a certificate for TLS on loopback
  { folder: "benchmarks", only: ["lib/certificate.mjs", "lib/certificate.d.mts"] },
  {
    folder: "tests/support",
    only: [
      "arbitrary.ts",
      "freePort.ts",
      "recordSpans.ts",
      "httpServer.ts",
      "inTime.ts",
      "signing.ts",
      "httpProxy.ts",
      "collectGarbage.ts",
      "redisServer.ts",
      "sleeps.ts",
      "tlsServer.ts"
    ]
  }
]

/** What is tested on Node 24 as well: each client, the real SDKs, and what is bound to a release of Node. */
export const onNode24: ReadonlyArray<string> = [
  "packages/plugin-manager/test/faults",
  "packages/transport-cloud/test/real-sdk",
  "packages/transport-https/test/nodeConnections",
  "packages/transport-https/test/operations",
  "packages/transport-https/test/ownClients"
]
