// Mutation testing of one package: `npm run mutate -- plugin-manager`. Further arguments are the files to mutate, for example
// `npm run mutate -- transport-https "src/internal/http/*.ts"`. With `--static`, code that runs while a module loads is mutated too.
// With `--floor=80` it ends with counts like those of the tests, and fails if the score is lower.
import { mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Stryker } from "@stryker-mutator/core"

const packages = ["plugin-manager", "transport-cloud", "transport-https"]
const [name, ...rest] = process.argv.slice(2)
const files = rest.filter((argument) => !argument.startsWith("--"))
const withStatic = rest.includes("--static")
const floor = rest.find((argument) => argument.startsWith("--floor="))?.slice("--floor=".length)
if (!packages.includes(name)) {
  console.error(`Which package? npm run mutate -- ${packages.join(" | ")}`)
  process.exit(2)
}

const root = fileURLToPath(new URL("..", import.meta.url))
const cache = `${root}node_modules/.cache/mutation/`
mkdirSync(cache, { recursive: true })
process.chdir(`${root}packages/${name}`)
process.env.MUTATED_PACKAGE = `@effect-wechat/${name}`

const mutants = await new Stryker({
  plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
  testRunner: "vitest",
  vitest: { configFile: `${root}scripts/mutation/vitest.config.mjs`, related: false },
  mutate: files.length > 0 ? files : ["src/**/*.ts", "!src/**/index.ts"],
  coverageAnalysis: "perTest",
  // such a mutant needs all tests of the package: half of the mutants, nine tenths of the time
  ignoreStatic: !withStatic,
  concurrency: 1,
  timeoutMS: 2_000,
  // outside of the packages, where vitest and the other tools would find a second copy of everything
  tempDirName: `${root}.cache/mutation/${name}`,
  incremental: true,
  incrementalFile: `${cache}${name}${withStatic ? ".static" : ""}.json`,
  reporters: ["clear-text", "html", "json"],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false, allowEmojis: false },
  htmlReporter: { fileName: `${cache}${name}.html` },
  jsonReporter: { fileName: `${cache}${name}.report.json` }
}).runMutationTest()

const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length
const killed = count("Killed", "Timeout")
const survived = count("Survived", "NoCoverage")
const score = (100 * killed) / (killed + survived)
console.log(`\n${killed} of ${killed + survived} mutants killed: ${score.toFixed(1)} %`)
if (floor !== undefined) {
  // nothing to mutate is no score, and no score is a failure
  const enough = score >= Number(floor)
  if (!enough) {
    console.log(`The score is lower than ${floor} %.`)
    process.exitCode = 1
  }
  console.log(`${killed} passed, ${enough ? 0 : 1} failed, 0 skipped`)
}
