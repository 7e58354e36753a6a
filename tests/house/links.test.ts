import { root } from "@effect-wechat/test-support/process"
import { assert, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join, normalize } from "node:path"

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8"
})
  .split("\n")
  .filter((page) => page !== "" && existsSync(root + page) && !page.startsWith(".changeset/"))

const withoutPrograms = (page: string) => readFileSync(root + page, "utf8").replaceAll(/^```[^]*?^```/gm, "")

/** The anchors of a page as GitHub makes them: of its headings, numbered where they come again, and those that are written out. */
const anchorsOf = (page: string): ReadonlySet<string> => {
  const text = withoutPrograms(page)
  const counts = new Map<string, number>()
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-")
    const count = counts.get(anchor) ?? 0
    counts.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  })
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]*)"/g)].map(([, id]) => id!)])
}

it("no link of a page leads nowhere", () => {
  const dead = pages.flatMap((page) =>
    [...withoutPrograms(page).matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].flatMap(
      ([link, file = "", anchor]) => {
        const target = file === "" ? page : normalize(join(dirname(page), file))
        const leadsNowhere =
          !existsSync(root + target) ||
          (anchor !== undefined &&
            statSync(root + target).isFile() &&
            target.endsWith(".md") &&
            !anchorsOf(target).has(decodeURIComponent(anchor)))
        return leadsNowhere ? [`${page}: ${link}`] : []
      }
    )
  )
  assert.isAbove(pages.length, 50)
  assert.deepStrictEqual(dead, [])
})
