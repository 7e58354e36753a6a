/** The end of a sweep: what it found, as a whole. */
import type * as Sweep from "@effect-wechat/fleet/Sweep"
import type * as AppResult from "@effect-wechat/fleet/AppResult"
import * as Effect from "effect/Effect"
import { Reported } from "../../../program/failure/errors.js"
import { exitCodeOf, exitCodes } from "../../../program/failure/exitCodes.js"
import type { Reader } from "../../../program/fleet/session.js"
import type { Say, Text } from "../../../program/language/language.js"
import { paint, type Span } from "../../../program/output/span.js"
import { type Block, shortened } from "../../../program/output/table.js"
import * as Time from "../../../program/language/time.js"
import type { FleetSummary } from "../../../program/schema/fleetAnswers.js"
import { status } from "../../tables/cells.js"
import * as Progress from "./progress.js"

export const of = (
  { run }: Reader,
  progress: Sweep.Progress
): Effect.Effect<FleetSummary, Effect.Effect.Error<ReturnType<Reader["run"]>>> =>
  Effect.map(
    Effect.all([
      run(({ Results }) => Results.outcomes(progress.sweep.id)),
      run(({ Results }) => Results.pluginsByStatus(progress.sweep.id)),
      run(({ Results }) => Results.failures(progress.sweep.id))
    ]),
    ([outcomes, plugins, failures]) => ({
      ...Progress.json(progress, Progress.start),
      outcomes,
      plugins,
      failures
    })
  )

const outcomes: { readonly [outcome in AppResult.Outcome]: Text } = {
  listed: { zh: "已列出", en: "listed" },
  changed: { zh: "已更改", en: "changed" },
  unchanged: { zh: "无需更改", en: "unchanged" },
  wouldChange: { zh: "将会更改", en: "would change" },
  failed: { zh: "失败", en: "failed" }
}

const kinds: { readonly [kind in Sweep.Sweep["kind"]]: Text } = {
  list: { zh: "列出插件", en: "list of the plugins" },
  apply: { zh: "申请", en: "apply for" },
  unbind: { zh: "移除", en: "unbind" },
  update: { zh: "更新", en: "update" }
}

/** `apply for wx… (dry run)` */
export const kind = ({ dryRun, kind, plugin }: Pick<FleetSummary, "dryRun" | "kind" | "plugin">, say: Say): string =>
  [
    say(kinds[kind]),
    ...(plugin === undefined ? [] : [plugin]),
    ...(dryRun === true ? [say({ zh: "（试运行）", en: "(dry run)" })] : [])
  ].join(" ")

const counts = (summary: FleetSummary, say: Say): Span =>
  summary.outcomes.length === 0
    ? say({ zh: "没有结果", en: "no results" })
    : summary.outcomes.flatMap(({ apps, outcome }, at): ReadonlyArray<Span> => {
        const text = `${Progress.number(apps)} ${say(outcomes[outcome])}`
        return [at === 0 ? "" : say({ zh: "，", en: ", " }), outcome === "failed" ? paint("red", text) : text]
      })

const categories: { readonly [category in FleetSummary["failures"][number]["category"]]: Text } = {
  refused: { zh: "被拒绝", en: "refused" },
  credential: { zh: "凭证", en: "credential" },
  permission: { zh: "权限", en: "permission" },
  quota: { zh: "额度", en: "quota" },
  network: { zh: "网络", en: "network" },
  reply: { zh: "返回", en: "reply" },
  usage: { zh: "用法", en: "usage" }
}

/** The name of a sweep: by default a moment, which is shown in the reader's time zone. */
const nameOf = ({ name }: FleetSummary): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(name) && !Number.isNaN(Date.parse(name)) ? Time.toSecond(name) : name

const apps = (say: Say) => say({ zh: "小程序数", en: "mini programs" })

export const blocks = (summary: FleetSummary, say: Say): ReadonlyArray<Block> => [
  say({
    zh: `巡检 ${summary.sweep}（${nameOf(summary)}）：${kind(summary, say)}，${Progress.state(summary.state, say)}`,
    en: `Sweep ${summary.sweep} (${nameOf(summary)}): ${kind(summary, say)}, ${Progress.state(summary.state, say)}`
  }),
  [
    say({
      zh: `${Progress.number(summary.total)} 个小程序：`,
      en: `${Progress.number(summary.total)} mini ${summary.total === 1 ? "program" : "programs"}: `
    }),
    counts(summary, say)
  ],
  ...(summary.plugins.length === 0
    ? []
    : [
        "",
        {
          head: [
            say({ zh: "插件", en: "plugin" }),
            say({ zh: "状态", en: "status" }),
            apps(say),
            shortened(say({ zh: "昵称", en: "nickname" }))
          ],
          rows: summary.plugins.map((plugin) => [
            plugin.pluginAppid,
            status(plugin.status, say),
            Progress.number(plugin.apps),
            plugin.nickname
          ])
        }
      ]),
  ...(summary.failures.length === 0
    ? []
    : [
        "",
        {
          head: [say({ zh: "错误", en: "error" }), say({ zh: "类别", en: "category" }), apps(say)],
          rows: summary.failures.map(({ apps, category, tag }) => [
            paint("red", tag),
            say(categories[category]),
            Progress.number(apps)
          ])
        }
      ])
]

/** Fails with the exit code of the most common error if no mini program had another result, and of an interruption if the sweep was cancelled. */
export const exitCode = ({ failed, failures: [first], state, total }: FleetSummary): Effect.Effect<void, Reported> =>
  state === "cancelled"
    ? new Reported({ exitCode: exitCodes.interrupted })
    : first !== undefined && failed === total
      ? new Reported({ exitCode: exitCodeOf({ _tag: first.tag, category: first.category }) })
      : Effect.void
