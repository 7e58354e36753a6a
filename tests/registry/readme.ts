import { root } from "@effect-wechat/test-support/process"
import { readFileSync } from "node:fs"
import type { Major } from "./managers.js"

export const readmes = ["README.md", "README.zh-CN.md"]

const text = (name: string) => readFileSync(root + name, "utf8")

/** The first block of code in that language. */
export const firstBlock = (readme: string, language: string) =>
  new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(text(readme))![1]!

/** What `npm install` is told to install for that major, in the order of the page. */
export const installs = (readme: string, major: Major): ReadonlyArray<ReadonlyArray<string>> =>
  [...text(readme).matchAll(new RegExp(`^# Effect ${major}\nnpm install (.*)$`, "gm"))].map(([, words]) =>
    words!.split(" ").filter((word) => !word.startsWith("--"))
  )
