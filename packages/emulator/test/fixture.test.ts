import { Fault, Fixture, World } from "@effect-wechat/emulator"
import { Effect } from "effect"
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

describe("Fixture.wechat", () => {
  const urls: Array<URL> = []

  it("starts an emulator for a test", async ({ wechat }) => {
    urls.push(wechat.url)
    assert.deepInclude(await list(wechat.url), { errcode: 0, plugin_list: [] })
    await Effect.runPromise(wechat.fault(Fault.errcode(-1, { times: 9 })))
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
