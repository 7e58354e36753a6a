// Records docs/wechat-plugin.svg: the command in a real terminal (a pty), typed to and answered, made an SVG by termtosvg (a package of
// Debian: apt-get install termtosvg).
import { spawn } from "@lydell/node-pty"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "../packages/cli/build.mjs"

const width = 128
const height = 25
const prompt = "\u001b[32m$\u001b[0m "
const scenes = [
  { type: "list --emulator", rest: 3 },
  { type: "errors 40164", rest: 3.5 },
  { type: "unbind wx00000000000000b3 --emulator", answer: { to: "Remove the plugin", key: "y" }, rest: 2 },
  { type: "doctor --emulator --lang zh", rest: 4.5 },
  { type: "list --emulator --lang zh", rest: 4 }
]

const folder = mkdtempSync(join(tmpdir(), "wechat-plugin-record-"))
await build(folder)

const events = []
let now = 0
const show = (text) => events.push(JSON.stringify([Number(now.toFixed(3)), "o", text]))

const type = (text) => {
  show(prompt)
  now += 0.6
  for (const char of text) {
    show(char)
    now += 0.045
  }
  now += 0.3
  show("\r\n")
}

/** What the command shows, when it shows it. */
const run = (args, answer) =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, TERM: "xterm-256color", LANG: "en_US.UTF-8", FORCE_HYPERLINK: "0" }
    const pty = spawn(process.execPath, [join(folder, "bin.js"), ...args], {
      name: env.TERM,
      cols: width,
      rows: height,
      env
    })
    let last = performance.now()
    let isAnswered = answer === undefined
    pty.onData((data) => {
      now += (performance.now() - last) / 1000
      last = performance.now()
      show(data)
      if (!isAnswered && data.includes(answer.to)) {
        isAnswered = true
        setTimeout(() => pty.write(answer.key), 1200)
      }
    })
    pty.onExit(resolve)
  })

for (const { answer, rest, type: text } of scenes) {
  type(`wechat-plugin ${text}`)
  await run(text.split(" "), answer)
  now += rest
}
show(prompt)

const cast = join(folder, "recording.cast")
const head = { version: 2, width, height, env: { TERM: "xterm-256color" } }
writeFileSync(cast, [JSON.stringify(head), ...events, ""].join("\n"))
const svg = fileURLToPath(new URL("../docs/wechat-plugin.svg", import.meta.url))
const { error, status } = spawnSync(
  "termtosvg",
  ["render", cast, svg, "-t", "window_frame", "-D", "3000", "-m", "90"],
  {
    stdio: "inherit"
  }
)
rmSync(folder, { recursive: true })
if (error !== undefined || status !== 0) {
  console.error(`termtosvg failed (${error?.message ?? status}): apt-get install termtosvg`)
  process.exit(1)
}

const decode = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
const runs =
  /[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]+|[^\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]+/g
const cell = 8

/** A run of Chinese has a place and a length of its own, so that the columns stand whatever fonts there are. */
const split = (_, x, attributes, content) => {
  let at = Number(x)
  return decode(content)
    .match(runs)
    .map((run) => {
      const columns = run.replaceAll(/&\w+;/g, "&").length * (/^[\u2e80-\uffff]/.test(run) ? 2 : 1)
      const text = `<text x="${at}" textLength="${columns * cell}"${attributes}>${run}</text>`
      at += columns * cell
      return run.trim() === "" ? "" : text
    })
    .join("")
}

writeFileSync(
  svg,
  readFileSync(svg, "utf8")
    .replace(/<text x="(\d+)" textLength="\d+"([^>]*)>([^<]*)<\/text>/g, split)
    .replace(
      "'DejaVu Sans Mono', monospace",
      "'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"
    )
)
