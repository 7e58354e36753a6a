import { Fault, Fixture, World } from "@effect-wechat/emulator"
import { assert, describe, test } from "vitest"

const world = World.make({ miniPrograms: [{ appid: "wx1" }] })

const it = test.extend({ wechat: Fixture.wechat({ world }) })

const list = async (url: URL): Promise<unknown> => {
  const response = await fetch(new URL("/open-interface/wxa/plugin", url), {
    method: "POST",
    body: `{"action":"list"}`
  })
  return response.json()
}

describe("Fixture.start", () => {
  it("starts an emulator whose members return promises, until stop", async () => {
    const wechat = await Fixture.start({ world })
    await list(wechat.url)
    assert.strictEqual((await wechat.journal()).length, 1)
    assert.strictEqual((await wechat.awaitRequest("plugin")).seq, 1)
    assert.strictEqual(wechat.appId, "wx1")
    await wechat.reset()
    assert.deepStrictEqual(await wechat.journal(), [])
    const unknown = await wechat.miniProgram("wx-none").then(
      () => "",
      (error: Error) => error.message
    )
    assert.include(unknown, "there is no mini program wx-none")
    await wechat.stop()
    const isGone = await list(wechat.url).then(
      () => false,
      () => true
    )
    assert.isTrue(isGone)
  })
})

describe("Fixture.wechat", () => {
  const urls: Array<URL> = []

  it("starts an emulator for a test", async ({ wechat }) => {
    urls.push(wechat.url)
    assert.deepInclude(await list(wechat.url), { errcode: 0, plugin_list: [] })
    await wechat.fault(Fault.errcode(-1, { times: 9 }))
    assert.deepInclude(await list(wechat.url), { errcode: -1 })
  })

  it("stops it, and starts another one for the next test", async ({ wechat }) => {
    assert.deepInclude(await list(wechat.url), { errcode: 0 })
    const [before] = urls
    const isGone = await list(before!).then(
      () => false,
      () => true
    )
    assert.isTrue(isGone)
  })
})
