// Makes the tables of figures in the READMEs and in docs/speed from results.json.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const clients = [
  ["raw undici dispatch", "raw undici dispatch, no token, no checks", "直接调用 undici dispatch，无 token、无检查"],
  ["ours on undici", "**ours, `/UndiciHttpClient`**", "**本库，`/UndiciHttpClient`**"],
  [
    "ours on undici, with the default tracer",
    "ours, `/UndiciHttpClient`, with Effect's default tracer",
    "本库，`/UndiciHttpClient`，带 Effect 默认的 tracer"
  ],
  ["ours on node:https", "**ours, `layerNode`**", "**本库，`layerNode`**"],
  ["global fetch", "global `fetch`, no token, no checks", "全局 `fetch`，无 token、无检查"],
  ["ours on fetch", "**ours, `layerFetch`**", "**本库，`layerFetch`**"],
  ["co-wechat-api", "co-wechat-api", "co-wechat-api"],
  ["wechat-api", "wechat-api", "wechat-api"],
  ["node-easywechat", "node-easywechat", "node-easywechat"],
  ["a naive Effect client", "40 lines of Effect over `FetchHttpClient`", "40 行基于 `FetchHttpClient` 的 Effect 代码"]
]

const cold = (node) => `cold start, ${node}: `

const others = [
  [
    "bundle: a list over HTTPS, fetch",
    "KB gzip",
    "bundle of a list program, `layerFetch`",
    "列表程序打包后，`layerFetch`"
  ],
  [
    "bundle: the cloud function of the examples",
    "KB gzip",
    "bundle of the cloud function, without the SDK",
    "云函数打包后，不含 SDK"
  ],
  [
    "bundle: the cloud function of the examples, SDK bundled",
    "KB gzip",
    "bundle of the cloud function, with the SDK",
    "云函数打包后，含 SDK"
  ],
  [
    "bundle: node-easywechat",
    "KB gzip",
    "bundle of a list program, node-easywechat",
    "列表程序打包后，node-easywechat"
  ],
  [
    `${cold("Node 20")}ours on fetch, CJS`,
    "ms",
    "cold start to the first list, `layerFetch`",
    "冷启动到第一个列表，`layerFetch`"
  ],
  [`${cold("Node 20")}ours on node:https, CJS`, "ms", "the same, `layerNode`", "同上，`layerNode`"],
  [
    `${cold("Node 20")}a raw fetch script, CJS`,
    "ms",
    "the same, a script with `fetch` and nothing else",
    "同上，只用 `fetch` 的脚本"
  ],
  [`${cold("Node 20")}node-easywechat, CJS`, "ms", "the same, node-easywechat", "同上，node-easywechat"],
  [
    `${cold("Node 20")}our cloud function`,
    "ms",
    "the same, the cloud function, including wx-server-sdk",
    "同上，云函数，含 wx-server-sdk"
  ],
  [
    `${cold("Node 20")}our cloud function, SDK bundled`,
    "ms",
    "the same, with wx-server-sdk in the bundle",
    "同上，wx-server-sdk 打包在内"
  ],
  [
    `${cold("Node 20")}wx-server-sdk, its own call`,
    "ms",
    "the same, wx-server-sdk without this library",
    "同上，只用 wx-server-sdk，不用本库"
  ],
  ["command: --version", "ms", "`wechat-plugin --version`", "`wechat-plugin --version`"],
  ["command: --help", "ms", "`wechat-plugin --help`", "`wechat-plugin --help`"],
  [
    "command: list --emulator",
    "ms",
    "`wechat-plugin list --emulator`, including the emulator and the token",
    "`wechat-plugin list --emulator`，含模拟器与 token"
  ],
  [
    "10,000 calls at once: ours on node:https",
    "ms",
    "10,000 calls at once, `layerNode`",
    "1 万个调用同时发起，`layerNode`"
  ],
  [
    "10,000 calls at once: ours on node:https",
    "MB above rest",
    "the same, memory above the idle process",
    "同上，超出空闲进程的内存"
  ],
  [
    "10,000 mini programs: each",
    "KB of heap",
    "10,000 mini programs in one layer, each",
    "一个 Layer 中有 1 万个小程序，每个"
  ],
  [
    "heap growth over 100,000 calls: ours on undici",
    "MB",
    "growth of the heap over 100,000 calls",
    "10 万次调用后堆的增长"
  ]
]

const heads = {
  en: [
    ["client (10 plugins in a reply, 64 calls at once)", "µs of CPU per call", "× raw"],
    ["figure", "median", "unit"]
  ],
  zh: [
    ["客户端（每次返回 10 个插件，64 个并发）", "每次调用的 CPU 时间（微秒）", "倍数（以第一行为 1）"],
    ["指标", "中位数", "单位"]
  ]
}

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

/** the clients in the READMEs */
const short = ["raw undici dispatch", "ours on undici", "co-wechat-api"]

/** Returns the tables, in English or in Chinese. A figure that was added since the last whole run is not there yet. */
export const tables = ({ figures }, language) => {
  const find = (name, unit) => figures.find((one) => one.name === name && one.unit === unit)
  const cpu = (name) => find(name, "µs CPU a call")
  const raw = cpu("raw undici dispatch").median
  const label = (en, zh) => (language === "en" ? en : zh)
  const [calls, rest] = heads[language]
  const callsOf = (chosen) =>
    table(
      calls,
      chosen.map(([name, en, zh]) => {
        const { median, p25, p75 } = cpu(name)
        return [
          label(en, zh),
          `${Math.round(median)} (${Math.round(p25)}–${Math.round(p75)})`,
          (median / raw).toFixed(1)
        ]
      })
    )
  const measured = clients.filter(([name]) => cpu(name) !== undefined)
  const figuresOf = table(
    rest,
    others
      .filter(([name, unit]) => find(name, unit) !== undefined)
      .map(([name, unit, en, zh]) => [label(en, zh), Number(find(name, unit).median.toPrecision(3)), unit])
  )
  return {
    readme: callsOf(measured.filter(([name]) => short.includes(name))),
    speed: `${callsOf(measured)}\n\n${figuresOf}`
  }
}

const between = /(<!-- npm run bench -->\n)[^]*(<!-- end of figures -->)/

/** Each file with its table. */
export const files = [
  ["README.md", "en", "readme"],
  ["README.zh-CN.md", "zh", "readme"],
  ["docs/speed.md", "en", "speed"],
  ["docs/speed.zh-CN.md", "zh", "speed"]
]

export const updateReadmes = (results) => {
  for (const [file, language, kind] of files) {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url))
    const text = readFileSync(path, "utf8")
    writeFileSync(
      path,
      text.replace(between, (_, before, after) => `${before}\n${tables(results, language)[kind]}\n\n${after}`)
    )
  }
}
