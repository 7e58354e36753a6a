import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { fileOf, groups } from "../pages.mjs"

const exists = (file) => file !== undefined && existsSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)))

const sidebar = (language) =>
  groups.map((group) => ({
    text: group[language],
    items: group.pages
      .filter((page) => exists(fileOf(page, "en")))
      .map((page) => {
        const isTranslated = exists(fileOf(page, "zh"))
        return {
          text: page.title[language === "zh" ? 1 : 0],
          link: `${language === "zh" && isTranslated ? "/zh/" : "/"}${page.path}`
        }
      })
  }))

const searchWords = {
  button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
  modal: {
    displayDetails: "显示详情",
    resetButtonTitle: "清除",
    backButtonTitle: "关闭",
    noResultsText: "没有结果",
    footer: { selectText: "选择", navigateText: "切换", closeText: "关闭" }
  }
}

export default {
  title: "effect-wechat",
  description: "The plugins of WeChat mini programs, from Effect programs, a terminal, tests and AI assistants",
  base: process.env.SITE_BASE ?? "/",
  srcDir: ".generated",
  // copies of documents, for assistants
  srcExclude: ["public/**"],
  outDir: "dist",
  cleanUrls: true,
  // no request for an icon that is not there
  head: [["link", { rel: "icon", href: "data:," }]],
  // documents have no HTML of their own: `<T>` in them is text
  markdown: { html: false },
  themeConfig: {
    search: { provider: "local", options: { locales: { zh: { translations: searchWords } } } },
    outline: "deep"
  },
  locales: {
    root: {
      label: "English",
      lang: "en",
      themeConfig: {
        nav: [
          { text: "Start", link: "/start" },
          { text: "API", link: "/api/" }
        ],
        sidebar: sidebar("en")
      }
    },
    zh: {
      label: "中文",
      lang: "zh-CN",
      link: "/zh/",
      themeConfig: {
        nav: [
          { text: "开始", link: "/zh/start" },
          { text: "API", link: "/api/" }
        ],
        sidebar: sidebar("zh"),
        outline: { level: "deep", label: "本页内容" },
        docFooter: { prev: "上一页", next: "下一页" },
        darkModeSwitchLabel: "外观",
        lightModeSwitchTitle: "浅色",
        darkModeSwitchTitle: "深色",
        sidebarMenuLabel: "目录",
        returnToTopLabel: "回到顶部",
        langMenuLabel: "语言"
      }
    }
  }
}
