import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { join } from "node:path"
import { type BrowserContextOptions, chromium, type Page } from "playwright-core"

const hostile = `<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>`

const world = World.make({
  miniPrograms: [
    { appid: "wx00000000000000a1", nickname: "示例商城", pluginLimit: 5 },
    { appid: "wx00000000000000a2", nickname: "城市书店", env: "bookshop-7gx1" },
    { appid: "wx00000000000000d1", nickname: "地图插件开发者" }
  ],
  plugins: [
    { appid: "wx00000000000000b1", owner: "wx00000000000000d1", nickname: "路线规划", versions: ["1.0.0", "1.1.0"] },
    { appid: "wx00000000000000b2", nickname: "客服小助手", autoApproves: true },
    { appid: "wx00000000000000b3", nickname: hostile }
  ],
  applications: [
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b1", reason: "用于门店导航" },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b2", status: 2 },
    {
      applicant: "wx00000000000000a2",
      plugin: "wx00000000000000b1",
      status: 3,
      reason: hostile,
      refuseReason: "请补充用途"
    }
  ]
})

/** The same without what is hostile, for pictures. */
const tidy: World.World = {
  ...world,
  plugins: world.plugins.map((plugin) => (plugin.nickname === hostile ? { ...plugin, nickname: "会员积分" } : plugin)),
  applications: world.applications.map((one) => (one.reason === hostile ? { ...one, reason: "用于导航" } : one))
}

const browser = Effect.acquireRelease(
  Effect.promise(() => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })),
  (browser) => Effect.promise(() => browser.close())
)

/** The emulator's page, and what it complained about. */
const open = (options: BrowserContextOptions = {}) =>
  Effect.gen(function* () {
    const { url } = yield* Emulator.Emulator
    const chrome = yield* browser
    const complaints: Array<string> = []
    const page = yield* Effect.promise(async () => {
      const page = await chrome.newPage({ locale: "en-US", ...options })
      page.on("console", (message) => complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(String(error)))
      page.on("request", (request) => {
        if (!request.url().startsWith(url.href) && !request.url().startsWith("data:")) {
          complaints.push(`it asked for ${request.url()}`)
        }
      })
      await page.goto(url.href)
      await page.locator("#live.on").waitFor()
      await page.locator("#applications tr").first().waitFor()
      return page
    })
    return { complaints, page }
  })

/** A call of the plugin API as the first mini program. */
const call = (path: string, body: object) =>
  Effect.gen(function* () {
    const { issueToken, url } = yield* Emulator.Emulator
    const token = Redacted.value(yield* issueToken)
    const send = () =>
      fetch(new URL(`${path}?access_token=${token}`, url), { method: "POST", body: JSON.stringify(body) })
    return (yield* Effect.promise(() => send().then((response) => response.json()))) as { readonly errcode: number }
  })

const list = call("/wxa/plugin", { action: "list" })

const tokenCall = Effect.flatMap(Emulator.Emulator, ({ appId, appSecret, url }) =>
  Effect.promise(async () => {
    const body = { grant_type: "client_credential", appid: appId, secret: Redacted.value(appSecret) }
    const response = await fetch(new URL("/cgi-bin/stable_token", url), { method: "POST", body: JSON.stringify(body) })
    return ((await response.json()) as { readonly access_token: string }).access_token
  })
)

const row = (page: Page, seq: number) => page.locator(`#request-${seq}`)

const done = (page: Page, text: string) => page.locator("#message:not(.bad)", { hasText: text }).waitFor()

const picture = (page: Page, name: string) =>
  process.env["SCREENSHOTS"] === undefined
    ? Promise.resolve()
    : page.screenshot({
        path: join(process.env["SCREENSHOTS"], `emulator-${name}.png`),
        fullPage: name !== "en" && name !== "zh"
      })

const provide = Effect.provide(Emulator.layer({ world }))

describe("the page of the emulator in Chromium", () => {
  it.scopedLive("shows requests as they come, with their replies and without tokens", () =>
    Effect.gen(function* () {
      const { complaints, page } = yield* open()
      const secret = Redacted.value((yield* Emulator.Emulator).appSecret)
      const token = yield* tokenCall
      yield* list
      yield* call("/wxa/plugin", { action: "apply", plugin_appid: "wx00000000000000b3", reason: hostile })
      yield* Effect.promise(async () => {
        await row(page, 3).waitFor()
        assert.match(await row(page, 2).innerText(), /#2\s+list POST \/wxa\/plugin · wx0{14}a1\s+200/)
        await row(page, 2).locator("button").click()
        assert.include(await row(page, 2).locator("pre").last().innerText(), "客服小助手")
        await row(page, 1).locator("button").focus()
        await page.keyboard.press("Enter")
        assert.match(await row(page, 1).innerText(), /"access_token": "<redacted>"/)
        const text = await page.evaluate(`document.documentElement.innerHTML`)
        assert.notInclude(text, token)
        assert.notInclude(text, secret)
        await page.locator("#applications tr").nth(3).waitFor()
        assert.include(await page.locator("#applications").innerText(), hostile)
        assert.strictEqual(await page.evaluate(`window.hacked`), undefined)
        assert.strictEqual(await page.locator("img, body script").count(), 0)
      })
      assert.isEmpty(complaints)
    }).pipe(provide)
  )

  it.scopedLive("orders every fault, ends tokens, moves the time, seeds and resets", () =>
    Effect.gen(function* () {
      const { page } = yield* open()
      const wechat = yield* Emulator.Emulator
      const click = (text: string) =>
        Effect.promise(async () => {
          await page.getByRole("button", { name: text, exact: true }).click()
          await done(page, text)
        })
      yield* Effect.promise(() => page.locator("#errcode").fill("89237"))
      yield* click("Errcode")
      assert.strictEqual((yield* list).errcode, 89237)
      yield* Effect.promise(() => page.locator("#request-1 .fault").waitFor())
      yield* Effect.promise(() => page.locator("#on").selectOption("token"))
      for (const name of [
        "Body",
        "HTTP reply",
        "Gateway error",
        "Reset (RST)",
        "Close (FIN)",
        "Cut short",
        "Hold",
        "Delay",
        "In pieces",
        "Release held",
        "End all tokens"
      ]) {
        yield* click(name)
      }
      yield* click("+ 2 days")
      const [first] = yield* wechat.plugins
      assert.strictEqual(first?.status, 4)
      yield* Effect.promise(() => page.locator("#applications", { hasText: "timed out" }).waitFor())
      yield* Effect.promise(async () => {
        await page.getByText("Replace the world with this JSON").first().click()
        await page.locator("#seed").fill(`{"miniPrograms":[{"appid":5}]}`)
        await page.getByRole("button", { name: "Replace the world", exact: true }).click()
        await page.locator("#message.bad").waitFor()
        await page.locator("#seed").fill(`{"miniPrograms":[{"appid":"wx-new"}]}`)
      })
      yield* click("Replace the world")
      assert.strictEqual((yield* wechat.world).miniPrograms.length, 1)
      yield* Effect.promise(() => page.locator("#mini-programs", { hasText: "wx-new" }).waitFor())
      page.on("dialog", (dialog) => void dialog.accept())
      yield* click("Reset everything")
      assert.strictEqual((yield* wechat.world).miniPrograms.length, 3)
      yield* Effect.promise(() => page.locator("#no-requests").waitFor())
    }).pipe(provide)
  )

  it.scopedLive("shows a held reply as waiting until it is released", () =>
    Effect.gen(function* () {
      const { page } = yield* open()
      const wechat = yield* Emulator.Emulator
      yield* wechat.fault(Fault.hold())
      const fiber = yield* Effect.fork(list)
      yield* Effect.promise(() => row(page, 1).locator(".fault", { hasText: "waits" }).waitFor())
      yield* Effect.promise(() => page.getByRole("button", { name: "Release held" }).click())
      assert.strictEqual((yield* fiber).errcode, 0)
      yield* Effect.promise(() => row(page, 1).locator(".fault", { hasText: "200" }).waitFor())
    }).pipe(provide)
  )

  it.scopedLive("is readable in both languages, in the dark, and on a telephone", () =>
    Effect.gen(function* () {
      const wide = { viewport: { width: 1200, height: 980 } }
      yield* Effect.flatMap(Emulator.Emulator, ({ seed }) => seed(tidy))
      const { complaints, page } = yield* open(wide)
      const chinese = yield* open({ ...wide, locale: "zh-CN", colorScheme: "dark" })
      const telephone = yield* open({ locale: "zh-CN", viewport: { width: 360, height: 780 } })
      const wechat = yield* Emulator.Emulator
      yield* tokenCall
      yield* list
      yield* wechat.fault(Fault.errcode(-1))
      yield* call("/wxa/plugin", { action: "apply", plugin_appid: "wx00000000000000b2", reason: "客服" })
      yield* call("/wxa/plugin", { action: "apply", plugin_appid: "wx00000000000000b2", reason: "客服" })
      yield* call("/wxa/devplugin", { action: "dev_apply_list", page: 1, num: 10 })
      yield* Effect.promise(async () => {
        const ground = (page: Page) => page.evaluate(`getComputedStyle(document.body).backgroundColor`)
        assert.notStrictEqual(await ground(page), await ground(chinese.page))
        for (const [one, name] of [
          [page, "en"],
          [chinese.page, "zh"]
        ] as const) {
          await row(one, 5).waitFor()
          await row(one, 4).locator("button").click()
          await row(one, 4).locator("pre").first().waitFor()
          await picture(one, name)
        }
        assert.strictEqual(await chinese.page.locator("h1").innerText(), "微信模拟器")
        assert.isAtMost(Number(await telephone.page.evaluate(`document.scrollingElement.scrollWidth`)), 360)
        await picture(telephone.page, "telephone")
        await telephone.page.getByRole("button", { name: "English" }).click()
        assert.strictEqual(await telephone.page.evaluate(`document.documentElement.lang`), "en")
        await telephone.page.reload()
        assert.strictEqual(await telephone.page.locator("h1").innerText(), "WeChat emulator", "it remembers the choice")
      })
      assert.isEmpty(complaints)
    }).pipe(provide)
  )
})
