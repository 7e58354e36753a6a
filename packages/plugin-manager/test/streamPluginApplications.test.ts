import { PluginApplication, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Exit, Schedule, Stream } from "effect"

const application = (at: number) => ({
  appid: `wx${at}`,
  status: 1,
  nickname: "n",
  headimgurl: "h",
  apply_url: "u",
  create_time: "1536305096",
  categories: []
})

/** a developer with so many applications, paged from `firstPage`, and the pages that were asked for */
const developer = (count: number, firstPage = 1) => {
  const asked: Array<unknown> = []
  const all = Array.from({ length: count }, (_, at) => application(at))
  const layer = Transport.layerTest({
    "pluginManager.getPluginDevApplyList": ({ num, page }) => {
      asked.push(page)
      const start = (Number(page) - firstPage) * Number(num)
      return Effect.succeed({ errcode: 0, errmsg: "ok", apply_list: all.slice(start, start + Number(num)) })
    }
  })
  return { asked, layer }
}

const appids = (stream: ReturnType<typeof PluginApplication.stream>) =>
  Stream.runCollect(stream).pipe(Effect.map((chunk) => Chunk.toReadonlyArray(chunk).map(({ appid }) => appid)))

describe("PluginApplication.stream", () => {
  it.effect("has every application once, and ends with the first page that is not full", () =>
    Effect.gen(function* () {
      for (const [count, pages] of [
        [0, [1]],
        [9, [1]],
        [10, [1, 2]],
        [25, [1, 2, 3]]
      ] as const) {
        const { asked, layer } = developer(count)
        assert.deepStrictEqual(
          yield* Effect.provide(appids(PluginApplication.stream()), layer),
          Array.from({ length: count }, (_, at) => `wx${at}`)
        )
        assert.deepStrictEqual(asked, [...pages])
      }
    })
  )

  it.effect("takes another size of page, and another first page", () =>
    Effect.gen(function* () {
      const { asked, layer } = developer(5, 0)
      const all = yield* Effect.provide(appids(PluginApplication.stream({ firstPage: 0, num: 2 })), layer)
      assert.lengthOf(all, 5)
      assert.deepStrictEqual(asked, [0, 1, 2])
    })
  )

  it.effect("asks for no page that nobody wants", () =>
    Effect.gen(function* () {
      const { asked, layer } = developer(100)
      yield* Effect.provide(appids(Stream.take(PluginApplication.stream(), 15)), layer)
      assert.deepStrictEqual(asked, [1, 2])
    })
  )

  it.effect("repeats a page that fails, and no other, on the schedule it is given", () =>
    Effect.gen(function* () {
      const asked: Array<unknown> = []
      const layer = Transport.layerTest({
        "pluginManager.getPluginDevApplyList": ({ page }) =>
          Effect.sync(() => {
            asked.push(page)
            const isFirstTry = asked.filter((one) => one === page).length === 1
            return page === 2 && isFirstTry
              ? { errcode: -1, errmsg: "system error" }
              : { errcode: 0, apply_list: page === 3 ? [] : [application(Number(page))] }
          })
      })
      const stream = PluginApplication.stream({ num: 1, schedule: Schedule.recurs(2) })
      assert.deepStrictEqual(yield* Effect.provide(appids(stream), layer), ["wx1", "wx2"])
      assert.deepStrictEqual(asked, [1, 2, 2, 3])
    })
  )

  it.effect("fails as the operation does, after what it has read", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const layer = Transport.layerTest({
        "pluginManager.getPluginDevApplyList": ({ page }) =>
          Effect.succeed(
            page === 1 ? { errcode: 0, apply_list: [application(0)] } : { errcode: -1, errmsg: "system error" }
          )
      })
      const exit = yield* PluginApplication.stream({ num: 1 }).pipe(
        Stream.runForEach(({ appid }) => Effect.sync(() => seen.push(appid))),
        Effect.catchTag("WechatSystemError", () => Effect.succeed("busy")),
        Effect.provide(layer),
        Effect.exit
      )
      assert.deepStrictEqual(exit, Exit.succeed("busy"))
      assert.deepStrictEqual(seen, ["wx0"])
      const invalid = yield* Effect.flip(
        Stream.runDrain(PluginApplication.stream({ num: 0 })).pipe(Effect.provide(layer))
      )
      assert.strictEqual(invalid._tag, "InvalidPayload")
    })
  )
})
