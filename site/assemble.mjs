// Makes the pages of the site from the documents of the repository: in .generated, with links between pages, and with the programs of both
// majors of Effect side by side.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { fileOf, pages } from "./pages.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const target = fileURLToPath(new URL(".generated", import.meta.url))
const derived = join(root, "effect-4/.generated")
const languages = ["en", "zh"]

const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const source = repository.url.replace(/^git\+/, "").replace(/\.git$/, "")

const filesIn = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
        .map((file) => `${folder}/${file}`)
    : []

/** Every page of the site: its file, and its address in each language. */
const addresses = () => {
  const found = new Map()
  for (const language of languages) {
    const prefix = language === "zh" ? "/zh/" : "/"
    for (const page of pages) {
      const file = fileOf(page, language)
      if (file !== undefined && existsSync(join(root, file))) {
        found.set(file, `${prefix}${page.path}`)
      }
    }
  }
  for (const file of [...filesIn("docs/api"), ...filesIn("docs/decisions")]) {
    found.set(
      file,
      `/${file
        .replace("docs/", "")
        .replace(/README\.md$/, "")
        .replace(/\.md$/, "")}`
    )
  }
  for (const file of filesIn("site/.api-2/api")) {
    found.set(file, `/${file.replace("site/.api-2/api", "api-2").replace(/(?:README)?\.md$/, "")}`)
  }
  for (const file of filesIn("examples").filter((file) => file !== "examples/README.md")) {
    const address = file.replace(/\/README(\.zh-CN)?\.md$/, "")
    found.set(file, file.endsWith(".zh-CN.md") ? `/zh/${address}` : `/${address}`)
  }
  return found
}

const known = addresses()

/** A folder of the repository is its README. */
const pageOf = (path, language) => {
  const readmes = language === "zh" ? ["README.zh-CN.md", "README.md"] : ["README.md"]
  const isFolder = existsSync(join(root, path)) && statSync(join(root, path)).isDirectory()
  const candidates = isFolder ? readmes.map((readme) => join(path, readme)) : [path]
  return candidates.map((file) => known.get(file)).find((address) => address !== undefined)
}

/** Links to pages lead to them, links to other files to the repository, and links without an address are words. */
const withLinks = (text, file, language) =>
  text.replace(/(!?)\[((?:[^\]`]|`[^`]*`)*)\]\(([^)\s]+)\)/g, (whole, image, words, link) => {
    if (/^(?:https?:|mailto:|#)/.test(link)) {
      return whole
    }
    const [path, anchor] = link.split("#")
    const at = normalize(join(dirname(file), path))
    if (image === "!") {
      mkdirSync(dirname(join(target, "public", at)), { recursive: true })
      cpSync(join(root, at), join(target, "public", at))
      return `![${words}](/${at})`
    }
    const address = pageOf(at, language)
    if (address !== undefined) {
      return `[${words}](${address}${anchor === undefined ? "" : `#${anchor}`})`
    }
    return source === "" ? words : `[${words}](${source}/blob/main/${at})`
  })

/** Both majors of a program, if they differ. */
const withMajors = (text, file) => {
  const other = join(derived, file)
  if (!existsSync(other)) {
    return text
  }
  const programs = [...readFileSync(other, "utf8").matchAll(/^```ts\n([^]*?)^```/gm)].map(([, program]) => program)
  return text.replace(/^```ts\n([^]*?)^```/gm, (whole, before) => {
    const now = programs.shift()
    return now === undefined || now === before
      ? whole
      : `::: code-group\n\n\`\`\`ts [Effect 4]\n${now}\`\`\`\n\n\`\`\`ts [Effect 3]\n${before}\`\`\`\n\n:::`
  })
}

/** Without what Vue would read as its own, and without the link to the other language, which the site has in its menu. */
const plain = (text) =>
  text
    .replaceAll("{{", "{&#8203;{")
    .replace(/<!--[^]*?-->\n?/g, "")
    .replace(/^\[(?:中文|中文文档|English)\]\([^)]*\)\n\n/m, "")

const write = (address, text) => {
  const file = join(target, `${address.endsWith("/") ? `${address}index` : address}.md`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const home = {
  en: {
    tagline: "The plugins of WeChat mini programs, from Effect programs, a terminal, tests and AI assistants",
    actions: [
      ["An Effect program", "start"],
      ["A cloud function", "cloud-function"],
      ["The command", "packages/cli"],
      ["The emulator, for any language", "packages/emulator"]
    ],
    features: [
      ["One program, two ways", "HTTPS on a server, cloud calls in a cloud function. The transport is a Layer."],
      ["Every errcode is an error of its own", "With what it means and what to do, in English and Chinese."],
      [
        "A WeChat on your machine",
        "The emulator answers as WeChat does, with faults on request, for programs in any language."
      ],
      ["Thousands of mini programs", "Durable sweeps, differences and bulk changes that survive a crash."]
    ]
  },
  zh: {
    tagline: "管理微信小程序的插件：Effect 程序、终端、测试、AI 助手",
    actions: [
      ["Effect 程序", "start"],
      ["云函数", "cloud-function"],
      ["命令", "packages/cli"],
      ["模拟器，适用于任何语言", "packages/emulator"]
    ],
    features: [
      ["同一个程序，两种连接方式", "服务器上用 HTTPS，云函数里用云调用。传输方式是一个 Layer。"],
      ["每个错误码都有自己的错误类", "中英文说明其含义与处理办法。"],
      ["本机上的微信", "模拟器的应答与微信一致，可按需制造故障，任何语言的程序都能用。"],
      ["成千上万个小程序", "巡检、对比、批量变更，崩溃后接着做。"]
    ]
  }
}

const writeHome = (language) => {
  const { actions, features, tagline } = home[language]
  const prefix = language === "zh" ? "/zh/" : "/"
  const hero = {
    name: "effect-wechat",
    tagline,
    actions: actions.map(([text, path], at) => ({ theme: at === 0 ? "brand" : "alt", text, link: `${prefix}${path}` }))
  }
  const front = {
    layout: "home",
    hero,
    features: features.map(([title, details]) => ({ title, details }))
  }
  // JSON is YAML
  write(prefix, `---\n${JSON.stringify(front)}\n---\n`)
}

/** What a page is about: its first sentence. */
const summaryOf = (text) =>
  /^(?![#|>`[!<-])(.+(?:\n.+)*)/m
    .exec(text)?.[1]
    ?.replace(/\s+/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1") ?? ""

rmSync(target, { recursive: true, force: true })
languages.forEach(writeHome)
const index = []
for (const [file, address] of known) {
  const language = address.startsWith("/zh/") ? "zh" : "en"
  const text = readFileSync(join(root, file), "utf8")
  write(address, plain(withLinks(withMajors(text, file), file, language)))
  const title = /^# (.+)$/m.exec(text)?.[1] ?? address
  if (language === "en" && !/^\/api(-2)?\//.test(address)) {
    // the documents as they are, for assistants
    const copy = `${address.replace(/\/$/, "/index").slice(1)}.md`
    mkdirSync(dirname(join(target, "public", copy)), { recursive: true })
    writeFileSync(join(target, "public", copy), text)
    index.push(`- [${title}](/${copy}): ${summaryOf(text)}`)
  }
}
writeFileSync(
  join(target, "public/llms.txt"),
  `# effect-wechat\n\n> ${summaryOf(readFileSync(join(root, "README.md"), "utf8"))}\n\n## Documents\n\n${index.join("\n")}\n`
)
