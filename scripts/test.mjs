// Runs one suite of suites.mjs: what `npm test` does, checks included, or the suite that is named. Ends with the counts of all tests that ran.
import { spawn } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { availableParallelism } from "node:os"
import { delimiter } from "node:path"
import { fileURLToPath } from "node:url"
import { suites } from "./suites.mjs"

const suite = process.argv[2] ?? "main"
const root = fileURLToPath(new URL("..", import.meta.url))
const reports = `${root}node_modules/.cache/effect-wechat/`
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

/** Runs a command, and resolves with whether it succeeded. What is printed while others run appears in one piece at the end. */
const run = ([title, command, env], isAlone) =>
  new Promise((resolve) => {
    console.log(`\n── ${title}: ${command.join(" ")}`)
    const started = performance.now()
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      stdio: ["ignore", ...(isAlone ? ["inherit", "inherit"] : ["pipe", "pipe"])],
      shell: process.platform === "win32",
      env: { ...process.env, ...env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}` }
    })
    let printed = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => (printed += text))
    }
    child.on("close", (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${printed}── ${title}: ${status === 0 ? "ok" : "FAILED"} in ${seconds} s`)
      resolve(status === 0)
    })
  })

const failed = []
const check = async (step, isAlone) => {
  if (!(await run(step, isAlone))) {
    failed.push(step[0])
  }
}

const build = ["build", ["npm", "run", "--silent", "build"]]

const checks = [
  ["types", ["tsc", "--noEmit", "-p", "tsconfig.json"]],
  ["lint", ["oxlint", "--deny-warnings"]],
  ["format", ["oxfmt", "--check"]],
  ["what nothing uses", ["knip"]],
  ...readdirSync(`${root}packages`).map((name) => [
    `Effect diagnostics of ${name}`,
    ["effect-language-service", "diagnostics", "--project", `packages/${name}/tsconfig.json`, "--strict"]
  ])
]

const tests = suites[suite].map(([title, command, env], at) => [
  title,
  [...command, "--reporter=default", "--reporter=json", `--outputFile.json=${reports}${at}.json`],
  env
])

// a check uses one core, the tests use all
const queue = suite === "main" ? [build, ...checks] : process.env["IS_BUILT"] === undefined ? [build] : []
const worker = async () => {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    await check(step, false)
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, worker))
for (const step of tests) {
  await check(step, true)
}

const counts = tests.map((_, report) => {
  try {
    return JSON.parse(readFileSync(`${reports}${report}.json`, "utf8"))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 }
  }
})
const sum = (...keys) => counts.flatMap((count) => keys.map((key) => count[key])).reduce((a, b) => a + b, 0)

if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(", ")}`)
  process.exitCode = 1
}
console.log(
  `\n${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed, ${sum("numPendingTests", "numTodoTests")} skipped`
)
