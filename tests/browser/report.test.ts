import { Emulator, World } from "@effect-wechat/emulator"
import { Fleet, FleetDatabase, SweepReport } from "@effect-wechat/fleet"
import { MiniPrograms } from "@effect-wechat/transport-https"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { type BrowserContextOptions, chromium, type Page } from "playwright-core"

const apps = 300

const appIdOf = (at: number) => `wx${String(at).padStart(16, "0")}`

const hostile = `</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">`

/** One mini program has a wrong secret. The nickname, the reason and the avatar of the second plugin are hostile. */
const world = World.make({
  miniPrograms: Array.from({ length: apps }, (_, at) => ({ appid: appIdOf(at) })) as never,
  plugins: [
    { appid: "wx-map", nickname: "腾讯位置服务", headimgurl: "https://avatars.test/map.png" },
    { appid: "wx-evil", nickname: hostile, headimgurl: `javascript:window.hacked=1` },
    { appid: "wx-pay", nickname: "会员积分", headimgurl: "https://avatars.test/missing.png" }
  ],
  applications: Array.from({ length: apps }, (_, at) => [
    { applicant: appIdOf(at), plugin: "wx-map", status: [2, 2, 1, 3][at % 4]! },
    ...(at % 3 === 0
      ? [{ applicant: appIdOf(at), plugin: "wx-evil", status: 3, refuseReason: hostile, reason: hostile }]
      : [{ applicant: appIdOf(at), plugin: "wx-pay", status: 2 }])
  ]).flat()
})

const miniPrograms = Emulator.layerFrom(({ url }) =>
  MiniPrograms.layerFetch({
    baseUrl: url,
    appSecret: (appId) => Effect.succeed(Redacted.make(appId === appIdOf(7) ? "wrong" : `made-up-secret-of-${appId}`))
  })
)

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "effect-wechat-report-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** The report of a sweep over the world, as a file. */
const reports = Effect.gen(function* () {
  const place = yield* folder
  const file = join(place, "fleet.db")
  yield* Effect.flatMap(Fleet.Fleet, (fleet) =>
    Effect.flatMap(fleet.start({ key: hostile, apps: Stream.map(Stream.range(0, apps - 1), appIdOf) }), fleet.wait)
  ).pipe(Effect.provide(Layer.provide(Fleet.layerLibsql({ file }), miniPrograms)))
  const write = (language: "en" | "zh") =>
    Effect.gen(function* () {
      const path = join(process.env["SCREENSHOTS"] ?? place, `${language}.html`)
      writeFileSync(path, yield* Stream.mkString(SweepReport.html(1, { language })))
      return pathToFileURL(path).href
    }).pipe(Effect.provide(FleetDatabase.layerLibsql({ file })))
  return { en: yield* write("en"), zh: yield* write("zh") }
}).pipe(Effect.provide(Emulator.layer({ world })))

const browser = Effect.acquireRelease(
  Effect.promise(() => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })),
  (browser) => Effect.promise(() => browser.close())
)

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)

/** A page on which the report is open, and what it asked of the network and complained about. */
const open = (url: string, options: BrowserContextOptions = {}) =>
  Effect.gen(function* () {
    const chrome = yield* browser
    const complaints: Array<string> = []
    const requests: Array<string> = []
    const page = yield* Effect.promise(async () => {
      const page = await chrome.newPage(options)
      page.on("console", (message) => complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(String(error)))
      await page.route(/^https?:/, (route) => {
        requests.push(route.request().url())
        return route.request().url().includes("missing")
          ? route.fulfill({ status: 404 })
          : route.fulfill({ contentType: "image/png", body: pixel })
      })
      await page.goto(url)
      return page
    })
    return { complaints, page, requests }
  })

const rows = (page: Page) => page.locator("#body tr")

const screenshot = (page: Page, name: string) =>
  process.env["SCREENSHOTS"] === undefined
    ? Promise.resolve()
    : page.screenshot({ path: join(process.env["SCREENSHOTS"], `${name}.png`), fullPage: false })

describe("the report of a sweep in Chromium", () => {
  it.scopedLive("shows the numbers, the chart, the errors and the table, and searches", () =>
    Effect.gen(function* () {
      const { en } = yield* reports
      const { complaints, page, requests } = yield* open(en, { viewport: { width: 1200, height: 1000 } })
      yield* Effect.promise(async () => {
        assert.deepStrictEqual(await page.locator("dl div").allInnerTexts(), [
          "mini programs\n300",
          "plugins\n3",
          "with an error\n1"
        ])
        assert.deepStrictEqual(await page.locator(".bars .number").allInnerTexts(), ["299", "199", "100"])
        assert.strictEqual(await page.locator(".bars svg").first().locator("rect").count(), 3)
        assert.match(await page.locator("#errors").innerText(), /InvalidAppSecret\s+credential\s+1/)
        assert.strictEqual(await rows(page).count(), 200)
        assert.strictEqual(await page.locator("#count").innerText(), "200 of 599 rows")
        await page.locator("#more").click()
        await page.locator("#more").click()
        assert.strictEqual(await rows(page).count(), 599)
        assert.isTrue(await page.locator("#more").isHidden())
        await page.locator("#search").fill(`腾讯 ${appIdOf(42)}`)
        assert.strictEqual(await rows(page).count(), 1)
        assert.match(await rows(page).innerText(), /wx0{14}42\s+腾讯位置服务\s+wx-map\s+applying/)
        await page.locator("#search").fill("no such thing")
        assert.strictEqual(await page.locator("#count").innerText(), "Nothing was found.")
        await page.locator("#search").fill("")
        await page.locator("#status").selectOption("failed")
        assert.match(await rows(page).innerText(), /failed\s+InvalidAppSecret · credential · 40125/)
        await page.locator("#status").selectOption("")
        await page.locator(".avatar img").first().waitFor()
        assert.strictEqual(await page.locator(".avatar", { hasText: "会" }).first().innerText(), "会")
        await screenshot(page, "light")
      })
      assert.sameMembers([...new Set(requests)], ["https://avatars.test/map.png", "https://avatars.test/missing.png"])
      assert.isEmpty(complaints.filter((text) => !text.includes("404")))
    })
  )

  it.scopedLive("shows what others wrote as text, and runs none of it", () =>
    Effect.gen(function* () {
      const { en } = yield* reports
      const { page, requests } = yield* open(en)
      yield* Effect.promise(async () => {
        await page.locator("#search").fill("wx-evil")
        assert.strictEqual(await rows(page).count(), 100)
        assert.include(await rows(page).first().innerText(), hostile)
        assert.include(await page.title(), hostile)
        // as text, since what is hidden counts too
        assert.strictEqual(await page.evaluate(`window.hacked`), undefined)
        assert.strictEqual(await page.locator("script:not([type])").count(), 1)
        assert.strictEqual(await page.locator("img[src=x]").count(), 0)
        // whatever gets into the page in spite of that is refused by its policy
        const refused = `new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective))
          const script = document.createElement("script")
          script.textContent = "window.hacked = 1"
          document.body.append(script)
        })`
        assert.strictEqual(await page.evaluate(refused), "script-src-elem")
        assert.strictEqual(await page.evaluate(`window.hacked`), undefined)
      })
      assert.isEmpty(requests.filter((url) => !url.startsWith("https://avatars.test/")))
    })
  )

  it.scopedLive("is readable in the dark, on a telephone, and in Chinese", () =>
    Effect.gen(function* () {
      const { en, zh } = yield* reports
      const ground = (page: Page) => page.evaluate(`getComputedStyle(document.body).backgroundColor`)
      const light = yield* open(en, { colorScheme: "light" })
      const dark = yield* open(en, { colorScheme: "dark", viewport: { width: 1200, height: 1000 } })
      const telephone = yield* open(zh, { viewport: { width: 360, height: 780 } })
      yield* Effect.promise(async () => {
        assert.notStrictEqual(await ground(light.page), await ground(dark.page))
        await screenshot(dark.page, "dark")
        const { page } = telephone
        assert.isAtMost(Number(await page.evaluate(`document.scrollingElement.scrollWidth`)), 360)
        assert.strictEqual(await page.evaluate(`document.documentElement.lang`), "zh-CN")
        assert.strictEqual(await page.locator("h1").innerText(), "小程序插件巡检报告")
        await page.locator("#search").fill(appIdOf(2))
        assert.match(await rows(page).first().innerText(), /腾讯位置服务[^]*申请中/)
        await screenshot(page, "telephone")
        await page.locator("#table").scrollIntoViewIfNeeded()
        await page.evaluate(`document.getElementById("table").scrollIntoView()`)
        await screenshot(page, "telephone-table")
      })
    })
  )
})
