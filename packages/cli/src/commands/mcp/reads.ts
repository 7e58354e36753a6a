/** The tools that change nothing. */
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Profiles from "../../program/miniProgram/profiles.js"
import { Answers, application, plugin } from "../../program/schema/answers.js"
import * as Checks from "../doctor/checks.js"
import { find } from "../errcodes/find.js"
import type { InMiniProgram } from "./miniPrograms.js"
import { described, pluginAppid, profile } from "./parameters.js"
import { tool } from "./tool.js"

const within = (least: number, most: number, description: string) =>
  Schema.optional(Schema.Int.pipe(Schema.between(least, most)).annotations({ description }))

export const reads = (inMiniProgram: InMiniProgram) => [
  tool({
    name: "list_profiles",
    title: "List profiles",
    description:
      "Lists the mini programs that this server knows: the profiles of the config file, without secrets. Other tools take a name as their argument profile.",
    kind: "readsHere",
    parameters: {},
    success: Answers.profiles,
    run: () => Profiles.list
  }),
  tool({
    name: "get_plugin_list",
    title: "List plugins",
    description: "Lists the plugins that the mini program applied for or uses (查询已添加的插件).",
    kind: "reads",
    hasForeignText: true,
    parameters: { profile },
    success: Schema.Struct({ plugins: Answers.list }),
    run: ({ profile }) =>
      inMiniProgram(
        profile,
        Effect.map(PluginManager.retryTransient(PluginManager.getPluginList), (plugins) => ({
          plugins: plugins.map(plugin)
        }))
      )
  }),
  tool({
    name: "get_plugin_dev_apply_list",
    title: "List applications",
    description: "Lists a page of the applications for the developer's own plugin (获取当前所有插件使用方).",
    kind: "reads",
    hasForeignText: true,
    parameters: {
      page: within(1, 1_000_000, "the page, from 1; 1 by default"),
      num: within(1, 1000, "applications per page; 10 by default"),
      profile
    },
    success: Schema.Struct({ applications: Answers.applications }),
    run: ({ num = 10, page = 1, profile }) =>
      inMiniProgram(
        profile,
        Effect.map(
          PluginManager.retryTransient(PluginManager.getPluginDevApplyList({ page, num })),
          (applications) => ({
            applications: applications.map(application)
          })
        )
      )
  }),
  tool({
    name: "wait_for_plugin",
    title: "Wait for a decision",
    description:
      "Waits until the application for a plugin is decided, by asking again and again. It fails if the application is refused, timed out or not decided in time.",
    kind: "reads",
    hasForeignText: true,
    parameters: {
      pluginAppid,
      seconds: within(1, 600, "how long to wait; 30 by default. A client may stop waiting after 60."),
      everySeconds: within(1, 600, "the interval between two requests; 10 by default"),
      profile
    },
    success: Schema.Struct({ plugin: Answers.wait }),
    run: ({ everySeconds = 10, pluginAppid, profile, seconds = 30 }) => {
      const schedule = Schedule.spaced(`${everySeconds} seconds`).pipe(Schedule.upTo(`${seconds} seconds`))
      return inMiniProgram(
        profile,
        Effect.map(PluginManager.awaitApproval({ pluginAppid, schedule }), (approved) => ({ plugin: plugin(approved) }))
      )
    }
  }),
  tool({
    name: "doctor",
    title: "Check the configuration",
    description:
      "Checks credential, network, IP white list, permission and quota of the mini program, and says how to fix what fails.",
    kind: "reads",
    parameters: { profile },
    success: Answers.doctor,
    run: ({ profile }) =>
      inMiniProgram(profile, Checks.examine).pipe(
        Effect.catchAll((error) => Effect.succeed(Checks.withoutMiniProgram(error))),
        Effect.map((checks) => ({ ok: Checks.isOk(checks), checks }))
      )
  }),
  tool({
    name: "explain_errcode",
    title: "Explain an errcode",
    description:
      "Explains an errcode of WeChat in Chinese and English, with what to do, or finds errcodes by words. It sends nothing.",
    kind: "readsHere",
    parameters: {
      errcode: Schema.optional(Schema.Int.annotations({ description: "such as 89236" })),
      text: Schema.optional(described("words to find, in Chinese or English, such as whitelist"))
    },
    success: Schema.Struct({ errcodes: Answers.errors }),
    run: ({ errcode, text }) =>
      Effect.succeed({
        errcodes: find([errcode, text].flatMap((one) => (one === undefined ? [] : [String(one)]))).found
      })
  })
]
