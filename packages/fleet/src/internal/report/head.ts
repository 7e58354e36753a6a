import { createHash } from "node:crypto"
import type { FailureCount, OutcomeCount, PluginCount } from "../../Results.js"
import type { Progress } from "../../Sweep.js"
import { text } from "./escape.js"
import { script } from "./script.js"
import { style } from "./style.js"
import type { Words } from "./texts.js"

export interface Summary {
  readonly progress: Progress
  readonly outcomes: ReadonlyArray<OutcomeCount>
  readonly plugins: ReadonlyArray<PluginCount>
  readonly failures: ReadonlyArray<FailureCount>
}

const number = (value: number) => value.toLocaleString("en-US")

const hash = (source: string) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`

const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "img-src http: https:",
  "base-uri 'none'",
  "form-action 'none'"
].join("; ")

const statuses = ["approved", "applying", "refused", "timeout", "other"] as const

const statusOf = (status: string) => statuses.find((known) => known === status) ?? "other"

interface Bar {
  readonly nickname: string
  readonly pluginAppid: string
  readonly counts: Map<string, number>
  total: number
}

const barsAtMost = 15

/** The plugins that most mini programs have, each with its statuses. */
const barsOf = (plugins: Summary["plugins"]) => {
  const bars = new Map<string, Bar>()
  for (const { apps, nickname, pluginAppid, status } of plugins) {
    const bar = bars.get(pluginAppid) ?? { nickname, pluginAppid, counts: new Map(), total: 0 }
    const known = statusOf(status)
    bar.counts.set(known, (bar.counts.get(known) ?? 0) + apps)
    bar.total += apps
    bars.set(pluginAppid, bar)
  }
  return [...bars.values()].sort((a, b) => b.total - a.total)
}

/** One hundred units wide for the longest bar. A browser shows the title of a part as its tooltip. */
const drawing = ({ counts }: Bar, longest: number, words: Words) => {
  let x = 0
  const parts = statuses.map((status) => {
    const apps = counts.get(status) ?? 0
    const width = (apps / longest) * 100
    const rect = `<rect class="${status}" x="${x.toFixed(3)}" y="0" width="${width.toFixed(3)}" height="10"><title>${text(words.statuses[status]!)}: ${number(apps)}</title></rect>`
    x += width
    return apps === 0 ? "" : rect
  })
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img">${parts.join("")}</svg>`
}

const chart = (plugins: Summary["plugins"], words: Words) => {
  const bars = barsOf(plugins)
  const [first] = bars
  if (first === undefined) {
    return ""
  }
  const rows = bars
    .slice(0, barsAtMost)
    .map(
      (bar) =>
        `<div class="bar"><div class="name" title="${text(bar.pluginAppid)}"><bdi>${text(bar.nickname || bar.pluginAppid)}</bdi></div>${drawing(bar, first.total, words)}<div class="number">${number(bar.total)}</div></div>`
    )
  const legend = statuses
    .filter((status) => bars.some(({ counts }) => counts.has(status)))
    .map((status) => `<span class="${status}">${text(words.statuses[status]!)}</span>`)
  const note = bars.length > barsAtMost ? `<p class="soft">${text(words.onlyFirst)}</p>` : ""
  return `<section id="chart"><h2>${text(words.byStatus)}</h2><div class="bars">${rows.join("\n")}</div><div class="legend">${legend.join("")}</div>${note}</section>`
}

const errors = (failures: Summary["failures"], words: Words) => {
  const rows = failures.map(
    ({ apps, category, tag }) =>
      `<tr><td>${text(tag)}</td><td>${text(category)}</td><td class="number">${number(apps)}</td></tr>`
  )
  return rows.length === 0
    ? ""
    : `<section id="errors"><h2>${text(words.errors)}</h2><table><thead><tr><th>${text(words.error)}</th><th>${text(words.category)}</th><th class="number">${text(words.apps)}</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`
}

const numbers = ({ outcomes, plugins, progress }: Summary, words: Words) => {
  const { done, failed, sweep } = progress
  const entries: ReadonlyArray<readonly [value: number, label: string, isBad?: boolean]> = [
    [sweep.total, words.apps],
    ...(sweep.change === undefined
      ? [[new Set(plugins.map(({ pluginAppid }) => pluginAppid)).size, words.plugins] as const]
      : outcomes
          .filter(({ outcome }) => outcome !== "failed")
          .map(({ apps, outcome }) => [apps, words.outcomes[outcome]] as const)),
    [failed, words.failed, failed > 0],
    ...(done < sweep.total ? [[sweep.total - done, words.missing] as const] : [])
  ]
  const shown = entries.map(
    ([value, label, isBad = false]) =>
      `<div><dt>${text(label)}</dt><dd${isBad ? ' class="bad"' : ""}>${number(value)}</dd></div>`
  )
  return `<dl>${shown.join("")}</dl>`
}

const kind = ({ change, kind }: Progress["sweep"], words: Words) =>
  `${words.kinds[kind]}${change === undefined ? "" : ` ${change.pluginAppid}`}${change?.dryRun === true ? ` (${words.dryRun})` : ""}`

/** The page up to the list of mini programs, which it begins. */
export const head = (summary: Summary, words: Words): string => {
  const { sweep } = summary.progress
  const time = new Date(sweep.createdAt).toISOString().slice(0, 16).replace("T", " ")
  const title = `${words.title} · ${sweep.key}`
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${text(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${text(words.title)}</h1>
<p class="soft">#${sweep.id} · <bdi>${text(sweep.key)}</bdi> · ${text(kind(sweep, words))} · ${text(words.states[sweep.state])} · ${time} UTC</p>
${numbers(summary, words)}
${chart(summary.plugins, words)}
${errors(summary.failures, words)}
<section>
<h2>${text(words.all)}</h2>
<div class="tools" id="tools" hidden>
<input id="search" type="search" placeholder="${text(words.search)}" aria-label="${text(words.search)}">
<select id="status" aria-label="${text(words.status)}"><option value="">${text(words.any)}</option></select>
</div>
<p class="soft" id="count" role="status"></p>
<table id="table"><thead><tr><th>${text(words.app)}</th><th>${text(words.plugin)}</th><th>${text(words.status)}</th><th>${text(words.note)}</th></tr></thead><tbody id="body"></tbody></table>
<button id="more" type="button" hidden>${text(words.more)}</button>
</section>
</main>
<script type="application/json" id="rows">[`
}
