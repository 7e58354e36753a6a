/** What `--json` prints: one schema for each command. */
import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import type { PluginApplication } from "@effect-wechat/plugin-manager/PluginApplication"
import * as Schema from "effect/Schema"
import { Category, FleetAnswers, Status } from "./fleetAnswers.js"
import { optional } from "./optional.js"

const Text = Schema.Struct({ zh: Schema.String, en: Schema.String })

const listed = { appid: Schema.String, status: Status, nickname: Schema.String, headimgurl: Schema.String }

/** An element of `list`, and the result of `wait`. */
const ListedPlugin = Schema.Struct(listed).annotations({ identifier: "Plugin" })

const Application = Schema.Struct({
  ...listed,
  reason: optional(Schema.String),
  applyUrl: Schema.String,
  createTime: Schema.DateTimeUtc.annotations({ jsonSchema: { type: "string", format: "date-time" } }),
  categories: Schema.Array(Schema.Struct({ first: Schema.String, second: optional(Schema.String) }))
}).annotations({ identifier: "Application" })

const Errcode = Schema.Struct({
  errcode: Schema.Int,
  error: Schema.String,
  operations: Schema.Array(Schema.String).annotations({
    description: "the operations that document it; empty: any operation may fail with it"
  }),
  category: Category,
  exitCode: Schema.Int,
  isTransient: Schema.Boolean,
  hint: Text
}).annotations({ identifier: "Errcode" })

const Check = Schema.Struct({
  check: Schema.Literal("configuration", "credential", "network", "ip-whitelist", "plugins", "quota", "permissions"),
  outcome: Schema.Literal("ok", "warning", "failed", "skipped"),
  text: Text,
  advice: optional(Text),
  exitCode: optional(Schema.Int)
}).annotations({ identifier: "Check" })

const Profiles = Schema.Struct({
  file: Schema.NullOr(Schema.String).annotations({ description: "the config file, which may not exist" }),
  default: Schema.NullOr(Schema.String),
  environment: Schema.NullOr(Schema.String).annotations({ description: "the appid of WECHAT_APPID" }),
  profiles: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      appid: Schema.String,
      credential: Schema.Literal("secret", "accessToken"),
      from: Schema.Literal("file", "command").annotations({ description: "where the credential is" }),
      baseUrl: optional(Schema.String)
    })
  )
})

/** The result of each command. */
export const Answers = {
  list: Schema.Array(ListedPlugin),
  wait: ListedPlugin,
  applications: Schema.Array(Application),
  /** `apply`, `unbind`, `update`, `agree`, `refuse` and `delete` */
  done: Schema.Struct({
    done: Schema.Literal("apply", "unbind", "update", "agree", "refuse", "delete"),
    appid: Schema.String.annotations({ description: "the plugin, or the applicant" })
  }),
  profiles: Profiles,
  configPath: Schema.Struct({ file: Schema.String, exists: Schema.Boolean }),
  openpid: Schema.Struct({ openpid: Schema.String }),
  errors: Schema.Array(Errcode),
  token: Schema.Struct({
    appid: Schema.NullOr(Schema.String),
    source: Text,
    parameter: Schema.String,
    expiresAt: Schema.NullOr(Schema.String).annotations({ description: "ISO 8601; null if it is unknown" }),
    expiresInSeconds: Schema.NullOr(Schema.Int)
  }),
  doctorReport: Schema.Struct({ report: Schema.Array(Schema.String) }),
  doctor: Schema.Struct({ ok: Schema.Boolean, checks: Schema.Array(Check) }),
  /** the first line of `emulator`; each request is another line */
  emulator: Schema.Struct({
    url: Schema.String,
    gatewayUrl: Schema.String,
    environment: Schema.Record({ key: Schema.String, value: Schema.String })
  }),
  ...FleetAnswers,
  /** any command that fails */
  error: Schema.Struct({
    error: Schema.Struct({
      tag: Schema.String,
      exitCode: Schema.Int,
      message: Schema.String,
      category: optional(Category),
      hint: optional(Text),
      errcode: optional(Schema.Int),
      errmsg: optional(Schema.String),
      requestId: optional(Schema.String),
      api: optional(Schema.String),
      endpoint: optional(Schema.String),
      reason: optional(Schema.String),
      isRetryable: optional(Schema.Boolean),
      option: optional(Schema.String)
    })
  })
} as const

export type Check = typeof Check.Type
export type Errcode = typeof Errcode.Type

/** The four documented fields of a plugin. */
export const plugin = ({ appid, headimgurl, nickname, status }: Plugin) => ({ appid, status, nickname, headimgurl })

export const application: (application: PluginApplication) => typeof Application.Encoded =
  Schema.encodeSync(Application)
