// Makes the table of both majors from majors.json.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const rows = [
  ["bundle: a list over the cloud", "KB gzip", "bundle of a list program, cloud call", "列表程序打包后，云调用"],
  ["bundle: a list over HTTPS, fetch", "KB gzip", "the same, `layerFetch`", "同上，`layerFetch`"],
  [
    "cold start: a list over HTTPS, fetch",
    "ms",
    "cold start to the first list, `layerFetch`",
    "冷启动到第一个列表，`layerFetch`"
  ],
  [
    "a call over layerNode, without a span",
    "µs CPU",
    "CPU of a call over `layerNode`, without a span",
    "`layerNode` 每次调用的 CPU 时间，无 span"
  ],
  [
    "a call over layerNode, with a span",
    "µs CPU",
    "the same, with Effect's default tracer",
    "同上，带 Effect 默认的 tracer"
  ],
  [
    "a call over layerNode, runPromise for each",
    "µs CPU",
    "the same, `runPromise` for each call",
    "同上，每次调用一个 `runPromise`"
  ],
  [
    "a call over layerNode, provided for each",
    "µs CPU",
    "the same, the transport provided for each call",
    "同上，每次调用都提供传输层"
  ]
]

/** the rows in the READMEs */
const short = 4

const units = {
  en: { "KB gzip": "KB", ms: "ms", "µs CPU": "µs" },
  zh: { "KB gzip": "KB", ms: "毫秒", "µs CPU": "微秒" }
}

const head = {
  en: ["", "version 1, Effect 3", "version 2, Effect 4"],
  zh: ["", "版本 1，Effect 3", "版本 2，Effect 4"]
}

/** The table, in English or in Chinese. */
export const majorsTable = ({ figures }, language, length) => {
  const median = (name, major) => figures.find((one) => one.name === `${name}, major ${major}`).median
  return [
    head[language],
    head[language].map(() => "---"),
    ...rows
      .slice(0, length)
      .map(([name, unit, en, zh]) => [
        language === "en" ? en : zh,
        ...[1, 2].map((major) => `${Number(median(name, major).toPrecision(3))} ${units[language][unit]}`)
      ])
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n")
}

/** Each file with its table. */
export const majorsFiles = [
  ["README.md", "en", short],
  ["README.zh-CN.md", "zh", short],
  ["docs/effect-4.md", "en", rows.length],
  ["docs/effect-4.zh-CN.md", "zh", rows.length]
]

const between = /(<!-- npm run bench:majors -->\n)[^]*?(<!-- end of majors -->)/

export const updateMajors = (results) => {
  for (const [file, language, length] of majorsFiles) {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url))
    const text = readFileSync(path, "utf8")
    writeFileSync(
      path,
      text.replace(between, (_, before, after) => `${before}\n${majorsTable(results, language, length)}\n\n${after}`)
    )
  }
}
