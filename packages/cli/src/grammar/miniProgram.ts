/** What a mini program does with the plugins that it uses. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Duration from "effect/Duration"
import type { Say } from "../program/language.js"
import { define } from "./define.js"
import { duration, pluginAppid, target, yes } from "./options.js"

const list = (say: Say) =>
  define(
    say,
    "list",
    {
      summary: { zh: "列出已申请或使用中的插件。", en: "Lists the plugins that were applied for or are in use." },
      examples: ["list --emulator", "list --appid wx0123456789abcdef --json", "list --watch --every 5m"]
    },
    {
      watch: Options.boolean("watch").pipe(
        Options.withDescription(
          say({ zh: "持续查询，显示变化，直到 Ctrl-C", en: "go on, and show what changes, until Ctrl-C" })
        )
      ),
      every: duration(say, "every", 1000).pipe(
        Options.withDescription(say({ zh: "--watch 的间隔", en: "between two looks of --watch" })),
        Options.withDefault(Duration.minutes(1))
      ),
      ...target(say)
    },
    () => import("../commands/list.js").then(({ run }) => run)
  )

const apply = (say: Say) =>
  define(
    say,
    "apply",
    {
      summary: { zh: "申请使用一个插件。", en: "Applies for a plugin." },
      examples: ["apply wx4418e3e031e551be --reason 门店地图", "apply wx4418e3e031e551be --unless-added"]
    },
    {
      pluginAppid: pluginAppid(say),
      reason: Options.text("reason").pipe(
        Options.withDescription(say({ zh: "申请理由，插件开发者会看到", en: "what the plugin's developer is told" })),
        Options.optional
      ),
      unlessAdded: Options.boolean("unless-added").pipe(
        Options.withDescription(
          say({ zh: "已添加或已申请（89237）也算成功", en: "added or applied for already (89237) is a success too" })
        )
      ),
      ...target(say)
    },
    () => import("../commands/apply.js").then(({ run }) => run)
  )

const wait = (say: Say) =>
  define(
    say,
    "wait",
    {
      summary: {
        zh: "等到申请有结果：通过则成功，拒绝或超时则退出码为 3。",
        en: "Waits until an application is decided: approved is a success; refused or timed out is exit code 3."
      },
      examples: ["wait wx4418e3e031e551be", "wait wx4418e3e031e551be --every 10m --for 2d"]
    },
    {
      pluginAppid: pluginAppid(say),
      every: duration(say, "every", 1000).pipe(
        Options.withDescription(say({ zh: "查询的间隔", en: "between two looks" })),
        Options.withDefault(Duration.minutes(1))
      ),
      limit: duration(say, "for").pipe(
        Options.withDescription(
          say({ zh: "最多等多久，到时退出码为 7", en: "how long at most; then the exit code is 7" })
        ),
        Options.optional
      ),
      ...target(say)
    },
    () => import("../commands/wait.js").then(({ run }) => run)
  )

const unbind = (say: Say) =>
  define(
    say,
    "unbind",
    { summary: { zh: "移除一个插件。", en: "Removes a plugin." }, examples: ["unbind wx4418e3e031e551be --yes"] },
    { pluginAppid: pluginAppid(say), ...yes(say), ...target(say) },
    () => import("../commands/unbind.js").then(({ run }) => run)
  )

const update = (say: Say) =>
  define(
    say,
    "update",
    {
      summary: {
        zh: "快速更新插件的版本，无需审核；只供第三方平台，凭 WECHAT_ACCESS_TOKEN 中的 authorizer_access_token。",
        en: "Updates a plugin without a review (快速更新): for third-party platforms, with an authorizer_access_token in WECHAT_ACCESS_TOKEN."
      },
      examples: ["update wx5514af450eaceec2 2.2.46"]
    },
    {
      pluginAppid: pluginAppid(say),
      userVersion: Args.text({ name: "version" }).pipe(
        Args.withDescription(say({ zh: "插件的版本，如 2.2.46", en: "the version of the plugin, such as 2.2.46" }))
      ),
      ...yes(say),
      ...target(say)
    },
    () => import("../commands/update.js").then(({ run }) => run)
  )

export const miniProgram = (say: Say) => [list(say), apply(say), wait(say), unbind(say), update(say)] as const
