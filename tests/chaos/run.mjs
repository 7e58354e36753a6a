// `npm run test:chaos`: runs the scenarios and prints what each of them counted, as a table; ends with the counts of the tests.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "effect-wechat-chaos-"))
const [rows, report] = ["rows.jsonl", "report.json"].map((name) => join(folder, name))

const vitest = ["node_modules/vitest/vitest.mjs", "run", "--root", "tests/chaos"]
const { status } = spawnSync(
  process.execPath,
  [...vitest, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CHAOS_ROWS: rows } }
)

const seconds = (millis) => (millis / 1000).toFixed(1)
const columns = {
  scenario: ({ scenario }) => scenario,
  calls: ({ calls }) => calls,
  failed: ({ failed }) => failed,
  deaths: ({ deaths }) => deaths,
  forced: ({ forced }) => forced,
  normal: ({ normal }) => normal,
  "requests/s": ({ perSecond }) => perSecond ?? "",
  "longest, s": ({ longest }) => seconds(longest)
}
if (existsSync(rows)) {
  const cells = readFileSync(rows, "utf8")
    .trim()
    .split("\n")
    .map((line) => Object.values(columns).map((cell) => String(cell(JSON.parse(line)))))
  const all = [Object.keys(columns), Object.keys(columns).map(() => "---"), ...cells]
  console.log(`\n${all.map((row) => `| ${row.join(" | ")} |`).join("\n")}`)
}

const { numFailedTests, numPassedTests, numPendingTests } = existsSync(report)
  ? JSON.parse(readFileSync(report, "utf8"))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 }
rmSync(folder, { recursive: true })
process.exitCode = status === 0 ? 0 : 1
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
