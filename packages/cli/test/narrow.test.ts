import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { environmentOf, name, runtime } from "./support.js"
import { terminal } from "./terminal.js"

const nickname = "腾讯位置服务路线规划与导航增强版插件专业高级定制特别长的昵称"
const headimgurl = "https://wx.qlogo.cn/mmhead/Q3auHgzwzM7xAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/0"

const world = World.make({
  miniPrograms: [{ appid: "wx0123456789abcdef", nickname, headimgurl }, { appid: "wx0123456789abcde0" }],
  plugins: [
    { appid: "wx4418e3e031e551be", owner: "wx0123456789abcde0", nickname, headimgurl },
    {
      appid: "wx4418e3e031e551b1",
      nickname: "🎉 Family a plugin with a long English nickname that goes on",
      headimgurl
    }
  ],
  applications: [
    {
      applicant: "wx0123456789abcdef",
      plugin: "wx4418e3e031e551be",
      status: 3,
      reason: "我们在全国三百家门店使用位置服务，希望能够申请使用这个插件"
    },
    { applicant: "wx0123456789abcdef", plugin: "wx4418e3e031e551b1", status: 2 }
  ]
})

const asDeveloper = ({ miniProgram }: Emulator.Emulator.Service) =>
  Effect.map(miniProgram("wx0123456789abcde0"), ({ appSecret, appid }) => ({
    WECHAT_APPID: appid,
    WECHAT_SECRET: Redacted.value(appSecret)
  }))

describe(`in a terminal of 60, 80 and 120 columns, under ${name}`, () => {
  const test = (title: string, run: Effect.Effect<void, unknown, Emulator.Emulator>) =>
    it.live(title, () => Effect.provide(run, Emulator.layer({ world })))

  const show = (args: ReadonlyArray<string>, columns: number, env: Record<string, string> = {}) =>
    Effect.scoped(
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const session = yield* terminal(
          args,
          { ...environmentOf(emulator), ...env },
          runtime,
          undefined,
          undefined,
          columns
        )
        yield* session.ended
        assert.deepStrictEqual(session.broken(), [], session.screen())
        return session.screen()
      })
    )

  test(
    "nothing is wider than the terminal, in both languages",
    Effect.gen(function* () {
      const developer = yield* asDeveloper(yield* Emulator.Emulator)
      for (const columns of [60, 80, 120]) {
        for (const lang of ["zh", "en"]) {
          const list = yield* show(["list", "--lang", lang], columns)
          assert.match(list, /^wx4418e3e031e551be  \S+ +腾讯位置服务/m)
          assert.include(list, "🎉 Family a plugin")
          assert.strictEqual(list.includes("…"), columns < 120)
          assert.notInclude(list, "qlogo")
          const applications = yield* show(["applications", "--lang", lang], columns, developer)
          assert.match(applications, /^wx0123456789abcdef  \S+ +腾讯.*我们在/m)
          for (const args of [["doctor"], ["wait", "wx4418e3e031e551be"], ["token"], ["errors", "89236"]]) {
            yield* show([...args, "--lang", lang], columns)
          }
          yield* show(["--help", "--lang", lang], columns)
          yield* show(["list", "--help", "--lang", lang], columns)
        }
      }
    })
  )

  test(
    "avatars are links where they fit",
    Effect.gen(function* () {
      const list = yield* show(["list"], 60, { FORCE_HYPERLINK: "1" })
      assert.match(list, /^wx4418e3e031e551be  refused   腾讯\S+… +view$/m)
    })
  )

  test(
    "times are those of the reader's time zone",
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const developer = yield* asDeveloper(emulator)
      const timeIn = (TZ: string) =>
        Effect.map(show(["applications"], 160, { ...developer, TZ }), (screen) =>
          Date.parse(`${/\d{4}-\d\d-\d\d \d\d:\d\d/.exec(screen)![0].replace(" ", "T")}Z`)
        )
      assert.strictEqual((yield* timeIn("Asia/Shanghai")) - (yield* timeIn("UTC")), 8 * 3_600_000)
    })
  )
})
