/** The commands of `fleet` that call WeChat. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import type { Say } from "../../program/language/language.js"
import { define } from "../define.js"
import { duration, pluginAppid } from "../options.js"
import { change, runner, start, sweepId } from "./options.js"

const sweep = (say: Say) =>
  define(
    say,
    "sweep",
    {
      summary: {
        zh: "列出每个小程序的插件，结果存入数据库。中断后可继续。",
        en: "Lists the plugins of every mini program into the database. If it is interrupted, it can go on."
      },
      examples: [
        "fleet sweep --emulator",
        "fleet sweep --apps apps.txt --rate 50",
        'fleet sweep --apps apps.txt --cron "0 2 * * *"'
      ]
    },
    {
      every: duration(say, "every", 1000).pipe(
        Options.withDescription(
          say({ zh: "每隔这么久巡检一次，按 Ctrl-C 结束", en: "sweep again at this interval, until Ctrl-C" })
        ),
        Options.optional
      ),
      cron: Options.text("cron").pipe(
        Options.withDescription(
          say({
            zh: '按 cron 表达式巡检，如 "0 2 * * *"，按 Ctrl-C 结束',
            en: 'sweep at the moments of a cron expression, such as "0 2 * * *", until Ctrl-C'
          })
        ),
        Options.optional
      ),
      ...start(say)
    },
    () => import("../../commands/fleet/sweep.js").then(({ sweep }) => sweep)
  )

const apply = (say: Say) =>
  define(
    say,
    "apply",
    {
      summary: { zh: "为每个小程序申请使用一个插件。", en: "Applies for a plugin for every mini program." },
      examples: [
        "fleet apply wx4418e3e031e551be --apps apps.txt --dry-run",
        "fleet apply wx4418e3e031e551be --apps apps.txt --reason 门店地图 --yes"
      ]
    },
    {
      pluginAppid: pluginAppid(say),
      reason: Options.text("reason").pipe(
        Options.withDescription(
          say({ zh: "申请理由，插件开发者会看到", en: "the reason; the plugin's developer sees it" })
        ),
        Options.optional
      ),
      ...change(say)
    },
    () => import("../../commands/fleet/sweep.js").then(({ apply }) => apply)
  )

const update = (say: Say) =>
  define(
    say,
    "update",
    {
      summary: {
        zh: "为每个小程序更新一个插件（快速更新，仅限第三方平台的凭证）。",
        en: "Updates a plugin of every mini program. It requires the credentials of a third-party platform."
      },
      examples: ["fleet update wx5514af450eaceec2 2.2.46 --apps apps.txt --dry-run"]
    },
    {
      pluginAppid: pluginAppid(say),
      userVersion: Args.text({ name: "version" }).pipe(
        Args.withDescription(say({ zh: "插件的版本，如 2.2.46", en: "the version of the plugin, such as 2.2.46" }))
      ),
      ...change(say)
    },
    () => import("../../commands/fleet/sweep.js").then(({ update }) => update)
  )

const unbind = (say: Say) =>
  define(
    say,
    "unbind",
    {
      summary: { zh: "从每个小程序移除一个插件。", en: "Removes a plugin from every mini program." },
      examples: ["fleet unbind wx4418e3e031e551be --apps apps.txt --dry-run"]
    },
    { pluginAppid: pluginAppid(say), ...change(say) },
    () => import("../../commands/fleet/sweep.js").then(({ unbind }) => unbind)
  )

const resume = (say: Say) =>
  define(
    say,
    "resume",
    {
      summary: {
        zh: "继续已暂停或被中断的巡检；如果没有进程在执行它，就在这里执行。",
        en: "Goes on with a sweep that is paused or was interrupted: here, unless another process runs it."
      },
      examples: ["fleet resume", "fleet resume 3"]
    },
    {
      sweep: sweepId(say, "sweep", {
        zh: "巡检的编号，默认为最近一次未结束的",
        en: "its number; by default the newest that has not ended"
      }),
      ...runner(say)
    },
    () => import("../../commands/fleet/resume.js").then(({ run }) => run)
  )

export const sweeps = (say: Say) => [sweep(say), apply(say), update(say), unbind(say), resume(say)] as const
