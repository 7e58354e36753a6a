/** A folder of this repository that major 2 is derived from. */
export interface Unit {
  /** from the root of the repository, and in `.generated` as well */
  readonly folder: string
  /** the files and folders of it that are derived; without it, `src` and `test` */
  readonly only?: ReadonlyArray<string>
  /** files that are not derived, with the reason */
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
  ...["list-https", "plugin-story", "promise", "swap-by-environment"].map((name) => ({
    folder: `examples/${name}`,
    only: ["."]
  })),
  {
    folder: "examples/compose",
    only: ["."],
    notDerived: {
      "examples/compose/main.ts": "`Default` of a LayerMap.Service is `layer` in Effect 4",
      "examples/compose/emulated.ts": "it runs main.ts"
    }
  },
  {
    folder: "examples/credentials",
    only: ["."],
    notDerived: {
      "examples/credentials/third-party.ts": "what KeyValueStore returns has another shape in Effect 4"
    }
  },
  { folder: "examples/cloud-function", only: ["answer.ts", "handler.ts", "build.mjs"] },
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

/** What is tested on Bun: what does not ask for undici, which does not run there. */
export const onBun: ReadonlyArray<string> = [
  "contract/https-fetch",
  "contract/https-nodeTransport",
  "contract/cloud",
  "contract/model",
  "HttpsTransport",
  "NodeTransport",
  "nodeConnections",
  "ownClients",
  "AccessToken",
  "stableToken",
  "stores",
  "refreshToken",
  "ThirdPartyMiniPrograms",
  "parseJson",
  "replies",
  "operations",
  "RequestSigning",
  "sealing",
  "tokenFaults",
  "httpFaults"
]

/** What is tested on Deno: what needs no lost connection, which the emulator cannot make there, and no process of its own. */
export const onDeno: ReadonlyArray<string> = [
  "packages/plugin-manager/",
  "transport-cloud/test/deadline",
  "transport-cloud/test/load",
  "transport-cloud/test/operations",
  "transport-cloud/test/refusal",
  "transport-cloud/test/vocabulary",
  "contract/model",
  "AccessToken",
  "stores",
  "refreshToken",
  "ThirdPartyMiniPrograms",
  "parseJson",
  "operations",
  "RequestSigning"
]

/** Pages whose programs are not written anew, with the reason. */
export const notDerivedPages: ReadonlyMap<string, string> = new Map([
  ["docs/fleet.md", "fleet is for Effect 3 only"],
  ["docs/fleet.zh-CN.md", "fleet is for Effect 3 only"]
])
