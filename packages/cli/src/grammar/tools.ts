/** The commands that help with the others. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Option from "effect/Option"
import type { Say } from "../program/language/language.js"
import { define } from "./define.js"
import { config, login, profiles } from "./settings.js"
import { output, target, yes } from "./options.js"

const errors = (say: Say) =>
  define(
    say,
    "errors",
    {
      summary: {
        zh: "解释 errcode（中英文，无需网络）。",
        en: "Explains errcodes in Chinese and English, without a network."
      },
      examples: ["errors 40164", "errors whitelist", "errors 白名单", "errors --json"]
    },
    {
      codes: Args.text({ name: "errcode" }).pipe(
        Args.withDescription(
          say({
            zh: "errcode、日志中的一行，或要查找的词；省略则列出全部",
            en: "an errcode, a line of a log, or words to find; lists all if omitted"
          })
        ),
        Args.repeated
      ),
      ...output(say)
    },
    () => import("../commands/errors.js").then(({ run }) => run)
  )

const token = (say: Say) =>
  define(
    say,
    "token",
    {
      summary: {
        zh: "显示凭证的来源与失效时间，不显示凭证本身。",
        en: "Shows where the credential comes from and when it expires, but not the credential."
      },
      examples: ["token", "token --profile shop --json"]
    },
    target(say),
    () => import("../commands/token.js").then(({ run }) => run)
  )

const emulator = (say: Say) =>
  define(
    say,
    "emulator",
    {
      summary: {
        zh: "在本机模拟微信，供开发与测试，并逐条显示请求。",
        en: "Runs a WeChat emulator on this machine, and shows each request."
      },
      examples: ["emulator", "emulator --port 0 --world world.json"]
    },
    {
      port: Options.integer("port").pipe(
        Options.withDescription(
          say({ zh: "127.0.0.1 的端口；0 表示任意空闲端口", en: "the port of 127.0.0.1; 0 chooses a free one" })
        ),
        Options.filterMap(
          (port) => (port >= 0 && port <= 65_535 ? Option.some(port) : Option.none()),
          say({ zh: "--port 应在 0 与 65535 之间", en: "--port must be from 0 to 65535" })
        ),
        Options.withDefault(8788)
      ),
      world: Options.text("world").pipe(
        Options.withDescription(
          say({
            zh: "初始的小程序与插件（JSON 文件）",
            en: "a JSON file with the mini programs and plugins at the start"
          })
        ),
        Options.optional
      ),
      ...output(say)
    },
    () => import("../commands/emulator.js").then(({ run }) => run)
  )

const doctor = (say: Say) =>
  define(
    say,
    "doctor",
    {
      summary: {
        zh: "检查配置、网络、凭证、IP 白名单、额度与云函数权限，并给出解决办法。",
        en: "Checks the configuration, network, credential, IP whitelist, quota and the permissions of a cloud function, and says how to fix them."
      },
      examples: ["doctor", "doctor --report", "doctor --function cloudfunctions/plugins"]
    },
    {
      function: Options.text("function").pipe(
        Options.withDescription(
          say({
            zh: "云函数的目录，检查其 config.json 中的权限；默认为当前目录",
            en: "the folder of a cloud function, to check its config.json; the current folder by default"
          })
        ),
        Options.optional
      ),
      report: Options.boolean("report").pipe(
        Options.withDescription(
          say({
            zh: "比较微信的返回与我们所知的是否一致，只显示字段名、类型与个数",
            en: "compare WeChat's replies with what we believe; prints names, types and counts of fields only"
          })
        )
      ),
      ...yes(say),
      ...target(say)
    },
    () => import("../commands/doctor.js").then(({ run }) => run)
  )

const mcp = (say: Say) =>
  define(
    say,
    "mcp",
    {
      summary: {
        zh: "启动 MCP 服务（标准输入输出），让 AI 助手管理插件，默认只读。",
        en: "Runs an MCP server on stdin and stdout, so that AI assistants can manage plugins. It is read-only by default."
      },
      examples: ["mcp --profile shop", "mcp --profile shop --allow-writes"]
    },
    {
      allowWrites: Options.boolean("allow-writes").pipe(
        Options.withDescription(say({ zh: "同时提供会修改数据的工具", en: "add the tools that change something" }))
      ),
      ...target(say)
    },
    () => import("../commands/mcp.js").then(({ run }) => run)
  )

export const tools = (say: Say) =>
  [login(say), profiles(say), config(say), errors(say), token(say), doctor(say), emulator(say), mcp(say)] as const
