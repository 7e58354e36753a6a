// Which file of the repository is which page of the site, and how the pages are grouped.

/** Pages in the order of the sidebar. A page has a file in English and in Chinese, or one file for both. */
export const groups = [
  {
    en: "Start",
    zh: "开始",
    pages: [
      { path: "start", en: "README.md", zh: "README.zh-CN.md", title: ["Start here", "从这里开始"] },
      { path: "effect-4", title: ["Effect 3 and Effect 4", "Effect 3 与 Effect 4"] },
      { path: "coming-from", title: ["Coming from another library", "从其他库迁移"] },
      { path: "faq", title: ["Questions and error messages", "常见问题与报错"] }
    ]
  },
  {
    en: "Guides",
    zh: "指南",
    pages: [
      { path: "operations", title: ["Operations", "操作"] },
      { path: "errors", title: ["Errors", "错误"] },
      { path: "credentials", title: ["Choosing a credential", "选择凭证"] },
      { path: "https", title: ["Calls over HTTPS", "HTTPS 调用"] },
      { path: "cloud-function", title: ["A cloud function", "云函数"] },
      { path: "fleet", title: ["Fleets", "大量小程序"] },
      { path: "testing", title: ["Testing", "测试"] },
      { path: "speed", title: ["Speed and size", "速度与体积"] },
      { path: "migration", title: ["New names", "新名称"] }
    ]
  },
  {
    en: "Command and emulator",
    zh: "命令与模拟器",
    pages: [
      { path: "packages/cli", title: ["The command", "命令"] },
      { path: "commands", title: ["All commands", "全部命令"] },
      { path: "packages/emulator", title: ["The emulator", "模拟器"] },
      { path: "packages/create", title: ["npm create", "npm create"] },
      { path: "packages/fleet", title: ["The package fleet", "fleet 包"] }
    ]
  },
  {
    en: "Reference",
    zh: "参考",
    pages: [
      { path: "api/", en: "docs/api/README.md", title: ["API, version 1 (Effect 3)", "API，版本 1（Effect 3）"] },
      // written by `npm run site`
      {
        path: "api-2/",
        en: "site/.api-2/api/README.md",
        title: ["API, version 2 (Effect 4)", "API，版本 2（Effect 4）"]
      },
      { path: "errcodes", title: ["Operations and errcodes", "操作与错误码"] },
      { path: "examples/", en: "examples/README.md", title: ["Examples", "示例"] },
      { path: "packages/plugin-manager", title: ["plugin-manager", "plugin-manager"] },
      { path: "packages/transport-https", title: ["transport-https", "transport-https"] },
      { path: "packages/transport-cloud", title: ["transport-cloud", "transport-cloud"] }
    ]
  },
  {
    en: "The project",
    zh: "项目",
    pages: [
      { path: "contributing", en: "CONTRIBUTING.md", title: ["Contributing", "参与开发"] },
      { path: "security", en: "SECURITY.md", title: ["Security", "安全"] },
      { path: "decisions/", en: "docs/decisions/README.md", title: ["Decisions", "设计决定"] },
      { path: "benchmarks", en: "benchmarks/README.md", title: ["How speed is measured", "性能测量方法"] },
      { path: "effect-4-source", en: "effect-4/README.md", title: ["How version 2 is derived", "版本 2 的生成方法"] }
    ]
  }
]

const folderOf = (path) => (path.startsWith("packages/") ? `${path}/README` : `docs/${path}`)

/** The file of a page, or `undefined` if it exists in English only. */
export const fileOf = (page, language) =>
  language === "en"
    ? (page.en ?? `${folderOf(page.path)}.md`)
    : (page.zh ?? (page.en === undefined ? `${folderOf(page.path)}.zh-CN.md` : undefined))

export const pages = groups.flatMap(({ pages }) => pages)
