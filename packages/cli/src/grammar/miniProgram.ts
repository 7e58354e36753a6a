/** The commands for a mini program that uses plugins. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Duration from "effect/Duration"
import type { Say } from "../program/language/language.js"
import { define } from "./define.js"
import { duration, pluginAppid, target, yes } from "./options.js"

const list = (say: Say) =>
  define(
    say,
    "list",
    {
      summary: { zh: "列出已申请或使用中的插件。", en: "Lists the plugins that the mini program uses or applied for." },
      examples: ["list --emulator", "list --appid wx0123456789abcdef --json", "list --watch --every 5m"]
    },
    {
      watch: Options.boolean("watch").pipe(
        Options.withDescription(
          say({ zh: "持续查询并显示变化，按 Ctrl-C 结束", en: "keep listing and show changes, until Ctrl-C" })
        )
      ),
      every: duration(say, "every", 1000).pipe(
        Options.withDescription(say({ zh: "--watch 的查询间隔", en: "the interval of --watch" })),
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
        Options.withDescription(
          say({ zh: "申请理由，插件开发者会看到", en: "the reason; the plugin's developer sees it" })
        ),
        Options.optional
      ),
      unlessAdded: Options.boolean("unless-added").pipe(
        Options.withDescription(
          say({ zh: "已添加或已申请（89237）也算成功", en: "succeed if it is added or applied for already (89237)" })
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
        zh: "等待申请的审核结果：通过则成功，被拒绝或超时则退出码为 3。",
        en: "Waits until an application is decided. It succeeds if approved; if refused or timed out, the exit code is 3."
      },
      examples: ["wait wx4418e3e031e551be", "wait wx4418e3e031e551be --every 10m --for 2d"]
    },
    {
      pluginAppid: pluginAppid(say),
      every: duration(say, "every", 1000).pipe(
        Options.withDescription(say({ zh: "查询间隔", en: "the interval between two requests" })),
        Options.withDefault(Duration.minutes(1))
      ),
      limit: duration(say, "for").pipe(
        Options.withDescription(
          say({ zh: "最长等待时间，到时退出码为 7", en: "the longest time to wait; then the exit code is 7" })
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
        zh: "快速更新插件版本，无需审核。仅限第三方平台，需在 WECHAT_ACCESS_TOKEN 中设置 authorizer_access_token。",
        en: "Updates a plugin without a review (快速更新). For third-party platforms only: set WECHAT_ACCESS_TOKEN to an authorizer_access_token."
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
