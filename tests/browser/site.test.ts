import { root, run } from "@effect-wechat/test-support/process"
import { assert, describe, it } from "@effect/vitest"
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join } from "node:path"
import { chromium, type Page } from "playwright-core"

const dist = `${root}site/dist`

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml"
}

/** Any host of static files: `/start` is `start.html`, `/zh/` is `zh/index.html`. */
const serve = async () => {
  const server = createServer(({ url = "/" }, response) => {
    const path = join(dist, decodeURIComponent(new URL(url, "http://site").pathname))
    const file = [path, `${path}.html`, join(path, "index.html")].find(
      (one) => existsSync(one) && statSync(one).isFile()
    )
    response.writeHead(file === undefined ? 404 : 200, { "content-type": types[extname(file ?? "")] ?? "text/plain" })
    if (file === undefined) {
      response.end()
    } else {
      createReadStream(file).pipe(response)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() }
}

const pages = [
  "/",
  "/start",
  "/operations",
  "/faq",
  "/api/",
  "/api-2/plugin-manager/PluginManager",
  "/zh/",
  "/zh/start",
  "/zh/operations",
  "/zh/coming-from"
]

/** Opens a page and fails if anything of it does. */
const open = async (page: Page, url: string) => {
  const failures: Array<string> = []
  page.on("pageerror", (error) => failures.push(error.message))
  page.on("console", (message) => message.type() === "error" && failures.push(message.text()))
  page.on("request", (request) => new URL(request.url()).origin === new URL(url).origin || failures.push(request.url()))
  await page.goto(url, { waitUntil: "networkidle" })
  assert.deepStrictEqual(failures, [], url)
}

describe("npm run site", () => {
  it("makes pages that work by themselves, in both languages and on a narrow screen, with a search", async () => {
    const built = await run("npm", ["run", "--silent", "site"], { env: { SITE_BASE: "/" } })
    assert.strictEqual(built.code, 0, built.stdout + built.stderr)
    const { stop, url } = await serve()
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })
    try {
      for (const width of [1280, 360]) {
        for (const path of pages) {
          const page = await browser.newPage({ viewport: { width, height: 800 } })
          await open(page, url + path)
          const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")
          assert.isAtMost(overflow, 0, `${path} at ${width}`)
          await page.close()
        }
      }

      const page = await browser.newPage()
      await open(page, `${url}/start`)
      await page.getByRole("button", { name: "Search" }).first().click()
      await page.locator("#localsearch-input").fill("40164")
      await page.locator(".VPLocalSearchBox .result").first().waitFor()
      await page.keyboard.press("Escape")

      await page.goto(`${url}/operations`)
      const tabs = page.locator(".vp-code-group").first().locator("label")
      assert.deepStrictEqual(await tabs.allTextContents(), ["Effect 4", "Effect 3"])
    } finally {
      await browser.close()
      stop()
    }
    const index = readFileSync(`${dist}/llms.txt`, "utf8")
    for (const [, copy] of index.matchAll(/\]\(\/([^)]+)\)/g)) {
      assert.isTrue(existsSync(`${dist}/${copy}`), copy)
    }
  })
})
