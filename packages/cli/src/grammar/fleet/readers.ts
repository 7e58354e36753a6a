/** The commands of `fleet` that need only its database. */
import * as Options from "@effect/cli/Options"
import type { Say } from "../../program/language/language.js"
import { define } from "../define.js"
import { database, outputFile, sweepId } from "./options.js"

const status = (say: Say) =>
  define(
    say,
    "status",
    {
      summary: {
        zh: "列出所有巡检；指定编号则显示其结果汇总。",
        en: "Lists the sweeps, or sums up the results of one of them."
      },
      examples: ["fleet status", "fleet status 3 --json"]
    },
    { sweep: sweepId(say, "sweep", { zh: "巡检的编号", en: "the number of a sweep" }), ...database(say) },
    () => import("../../commands/fleet/status.js").then(({ run }) => run)
  )

const watch = (say: Say) =>
  define(
    say,
    "watch",
    {
      summary: {
        zh: "跟踪另一个进程正在执行的巡检，直到结束；或持续显示变化。",
        en: "Follows a sweep that another process runs, until it has ended; or shows what changes, sweep after sweep."
      },
      examples: ["fleet watch", "fleet watch --changes --json", "fleet watch --webhook https://example.com/plugins"]
    },
    {
      sweep: sweepId(say),
      changes: Options.boolean("changes").pipe(
        Options.withDescription(
          say({
            zh: "在每次巡检完成后显示与上一次的差异，按 Ctrl-C 结束",
            en: "after each sweep, show its differences from the one before, until Ctrl-C"
          })
        )
      ),
      webhook: Options.text("webhook").pipe(
        Options.withDescription(
          say({
            zh: "同时把差异发送到这个 URL，以 WECHAT_PLUGIN_WEBHOOK_SECRET 签名",
            en: "also post these differences to a URL, signed with WECHAT_PLUGIN_WEBHOOK_SECRET"
          })
        ),
        Options.optional
      ),
      ...database(say)
    },
    () => import("../../commands/fleet/watch.js").then(({ run }) => run)
  )

const diff = (say: Say) =>
  define(
    say,
    "diff",
    {
      summary: {
        zh: "比较两次巡检：新增（+）、消失（-）或状态有变的插件。",
        en: "Compares two sweeps: plugins that appeared (+), went (-) or changed their status."
      },
      examples: ["fleet diff", "fleet diff 3 4 --json"]
    },
    {
      before: sweepId(say, "before", {
        zh: "之前的巡检，默认为倒数第二次完成的",
        en: "the earlier sweep; by default the last but one that is done"
      }),
      after: sweepId(say, "after", {
        zh: "之后的巡检，默认为最近一次完成的",
        en: "the later sweep; by default the last that is done"
      }),
      ...database(say)
    },
    () => import("../../commands/fleet/diff.js").then(({ run }) => run)
  )

const control = (say: Say, action: "pause" | "cancel", zh: string, en: string) =>
  define(
    say,
    action,
    { summary: { zh, en }, examples: [`fleet ${action}`, `fleet ${action} 3`] },
    {
      sweep: sweepId(say, "sweep", {
        zh: "巡检的编号，默认为最近一次未结束的",
        en: "its number; by default the newest that has not ended"
      }),
      ...database(say)
    },
    () => import("../../commands/fleet/control.js").then((control) => control[action])
  )

const exports = (say: Say) =>
  define(
    say,
    "export",
    {
      summary: { zh: "导出巡检的全部结果。", en: "Writes all results of a sweep." },
      examples: ["fleet export --format csv --output plugins.csv", "fleet export 3"]
    },
    {
      sweep: sweepId(say),
      format: Options.choice("format", ["jsonl", "csv"]).pipe(
        Options.withDescription(say({ zh: "格式，默认为 JSON Lines", en: "the format; JSON Lines by default" })),
        Options.withDefault("jsonl" as const)
      ),
      output: outputFile(say, { zh: "写入的文件，默认为标准输出", en: "the file to write; stdout by default" }),
      ...database(say)
    },
    () => import("../../commands/fleet/export.js").then(({ run }) => run)
  )

const report = (say: Say) =>
  define(
    say,
    "report",
    {
      summary: {
        zh: "生成一个 HTML 报告：数字、各状态的图表、可搜索的表格。",
        en: "Writes an HTML page: numbers, a chart of the statuses, and a table that can be searched."
      },
      examples: ["fleet report", "fleet report 3 --lang zh --output report.html"]
    },
    {
      sweep: sweepId(say),
      output: outputFile(say, {
        zh: "写入的文件，默认为 fleet-<编号>.html",
        en: "the file to write; fleet-<sweep>.html by default"
      }),
      ...database(say)
    },
    () => import("../../commands/fleet/report.js").then(({ run }) => run)
  )

export const readers = (say: Say) =>
  [
    status(say),
    watch(say),
    diff(say),
    control(
      say,
      "pause",
      "暂停巡检；可在另一个终端执行。",
      "Pauses a sweep, also one that another process runs. Calls that are under way end first."
    ),
    control(
      say,
      "cancel",
      "取消巡检：其余小程序不再调用，已有的结果会保留。",
      "Ends a sweep early. The other mini programs are not called; results that exist are kept."
    ),
    exports(say),
    report(say)
  ] as const
