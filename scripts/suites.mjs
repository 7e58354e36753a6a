// Which tests run in which command. On Node, each vitest project is in exactly one suite, which tests/house/suites.test.ts checks.
const onBun = [
  "bun",
  "--bun",
  "node_modules/vitest/vitest.mjs",
  "run",
  "--project=contract",
  "--project=transport-https"
]

/** what does not ask for undici, which does not run on Bun */
const librariesOnBun = [
  "https-fetch",
  "https-nodeTransport",
  "cloud",
  "model",
  "HttpsTransport",
  "NodeTransport",
  "nodeConnections",
  "ownClients",
  "atOnce",
  "AccessToken",
  "stableToken",
  "stores",
  "fileStoreRace",
  "centralToken",
  "refreshToken",
  "ThirdPartyMiniPrograms",
  "PlatformEvents",
  "authorizers",
  "RateLimit",
  "contract/credentials",
  "sharedTokens",
  "tokenStoreOutage",
  "parseJson",
  "replies",
  "operations",
  "RequestSigning",
  "sealing",
  "tokenFaults",
  "httpFaults",
  "transport-https/test/options",
  "signingKeys"
]

const projects = (...names) => ["vitest", "run", ...names.map((name) => `--project=${name}`)]

const commandOnBun = { COMMAND_RUNS_ON: "Bun" }

/** For each suite the steps of its tests: a title, a command, and what it adds to the environment. */
export const suites = {
  // `npm test`
  main: [
    [
      "tests on Node",
      projects(
        "cli",
        "create",
        "emulator",
        "fleet",
        "plugin-manager",
        "transport-cloud",
        "transport-https",
        "contract",
        "house"
      )
    ],
    // one of each kind; `npm run test:bun` has all
    ["some tests on Bun", [...onBun, "https-nodeTransport", "NodeTransport", "fileStoreRace", "parseJson"]],
    ["the command on Bun", [...projects("cli"), "embedded", "pipes"], commandOnBun]
  ],
  secrets: [["the search for secrets", projects("secrets")]],
  fleet: [["sweeps whose process is killed", projects("fleet-crash")]],
  browser: [["the pages in Chromium", projects("browser")]],
  registry: [["the packages from a registry", projects("registry")]],
  examples: [["the examples", projects("examples")]],
  bun: [
    ["tests on Bun", [...onBun, ...librariesOnBun]],
    ["the command on Bun", projects("cli"), commandOnBun]
  ]
}
