export type Language = "en" | "zh"

export interface Words {
  readonly language: string
  readonly title: string
  readonly kinds: Readonly<Record<"list" | "apply" | "unbind" | "update", string>>
  readonly states: Readonly<Record<"planning" | "running" | "paused" | "cancelled" | "done", string>>
  readonly dryRun: string
  readonly apps: string
  readonly plugins: string
  readonly failed: string
  readonly missing: string
  readonly outcomes: Readonly<Record<"listed" | "changed" | "unchanged" | "wouldChange" | "failed", string>>
  readonly statuses: Readonly<Record<string, string>>
  readonly byStatus: string
  readonly onlyFirst: string
  readonly errors: string
  readonly error: string
  readonly category: string
  readonly all: string
  readonly search: string
  readonly any: string
  readonly app: string
  readonly plugin: string
  readonly status: string
  readonly note: string
  readonly shown: string
  readonly more: string
  readonly none: string
  readonly script: string
}

const en: Words = {
  language: "en",
  title: "Plugins of a fleet",
  kinds: { list: "list of the plugins", apply: "apply for", unbind: "unbind", update: "update" },
  states: { planning: "being prepared", running: "running", paused: "paused", cancelled: "cancelled", done: "done" },
  dryRun: "dry run",
  apps: "mini programs",
  plugins: "plugins",
  failed: "with an error",
  missing: "without a result",
  outcomes: {
    listed: "listed",
    changed: "changed",
    unchanged: "unchanged",
    wouldChange: "would change",
    failed: "failed"
  },
  statuses: { applying: "applying", approved: "approved", refused: "refused", timeout: "timed out", other: "other" },
  byStatus: "Plugins by status, in mini programs",
  onlyFirst: "The plugins that most mini programs have.",
  errors: "Errors",
  error: "error",
  category: "category",
  all: "All mini programs",
  search: "Search by appid, name, reason or error",
  any: "any status",
  app: "mini program",
  plugin: "plugin",
  status: "status",
  note: "note",
  shown: "{shown} of {found} rows",
  more: "Show more",
  none: "Nothing was found.",
  script: "The table needs JavaScript."
}

const zh: Words = {
  language: "zh-CN",
  title: "小程序插件巡检报告",
  kinds: { list: "列出插件", apply: "申请", unbind: "移除", update: "更新" },
  states: { planning: "准备中", running: "进行中", paused: "已暂停", cancelled: "已取消", done: "已完成" },
  dryRun: "试运行",
  apps: "小程序",
  plugins: "插件",
  failed: "出错",
  missing: "没有结果",
  outcomes: { listed: "已列出", changed: "已更改", unchanged: "无需更改", wouldChange: "将会更改", failed: "失败" },
  statuses: { applying: "申请中", approved: "申请通过", refused: "已被拒绝", timeout: "申请已超时", other: "其他" },
  byStatus: "各状态的插件（小程序数）",
  onlyFirst: "仅列出使用最多的插件。",
  errors: "错误",
  error: "错误",
  category: "类别",
  all: "全部小程序",
  search: "搜索 appid、名称、理由或错误",
  any: "全部状态",
  app: "小程序",
  plugin: "插件",
  status: "状态",
  note: "说明",
  shown: "{shown} / {found} 行",
  more: "显示更多",
  none: "没有找到。",
  script: "表格需要 JavaScript。"
}

export const texts: Readonly<Record<Language, Words>> = { en, zh }
