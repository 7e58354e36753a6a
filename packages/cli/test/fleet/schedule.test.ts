import { Emulator } from "@effect-wechat/emulator"
import { SweepWebhook } from "@effect-wechat/fleet"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import { name, runtime } from "../support.js"
import { terminal } from "../terminal.js"
import { appIdOf, installed, user, worldOf } from "./support.js"

describe(`a schedule under ${name}`, () => {
  it.scopedLive("sweeps again and again, while another terminal shows what changes and tells a webhook", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const command = yield* installed
      const someone = yield* user(command, 3)
      const told = yield* Deferred.make<{ readonly body: string; readonly signature: string }>()
      const { url } = yield* httpServer((request, response) => {
        let body = ""
        request.setEncoding("utf8").on("data", (text: string) => (body += text))
        request.on("end", () => {
          const signature = String(request.headers[SweepWebhook.signatureHeader])
          Deferred.unsafeDone(told, Effect.succeed({ body, signature }))
          response.writeHead(204).end()
        })
      })
      const first = yield* someone.fleet("sweep", "--apps", someone.apps)
      assert.strictEqual(first.code, 0, first.stderr)
      const watch = yield* terminal(
        ["fleet", "watch", "--changes", "--webhook", url],
        { ...someone.env, WECHAT_PLUGIN_WEBHOOK_SECRET: "a shared key" },
        runtime,
        undefined,
        command
      )
      yield* watch.shows(/waiting for the next sweep/)
      yield* someone.fleet("unbind", "wxmap", "--apps", someone.apps, "--yes")
      const sweep = yield* someone.inTerminal("sweep", "--apps", someone.apps, "--every", "1s")
      yield* watch.shows(new RegExp(`^- ${appIdOf(2)} {2}wxmap 地图$`, "m"))
      const { body, signature } = yield* Deferred.await(told)
      assert.isTrue(SweepWebhook.verify("a shared key", signature, body))
      yield* sweep.shows(/Sweep 4 \(scheduled /)
      sweep.type("\u0003")
      assert.strictEqual(yield* sweep.ended, 130)
      watch.type("\u0003")
      assert.strictEqual(yield* watch.ended, 130)
      assert.notInclude(watch.screen(), "a shared key")
      assert.isEmpty((yield* emulator.world).applications)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(3) })))
  )

  it.scopedLive("refuses what it cannot keep", () =>
    Effect.gen(function* () {
      const someone = yield* user(yield* installed, 1)
      yield* someone.fleet("sweep", "--apps", someone.apps)
      for (const [args, code, pattern] of [
        [
          ["sweep", "--apps", someone.apps, "--cron", "at night"],
          2,
          /--cron is no cron expression → Write it like "0 2 \* \* \*"/
        ],
        [
          ["sweep", "--apps", someone.apps, "--cron", "0 2 * * *", "--every", "1h"],
          2,
          /--every and --cron exclude each other/
        ],
        [["sweep", "--apps", "-", "--every", "1h"], 2, /stdin can be read only once/],
        [["watch", "--webhook", "ftp://example.com"], 2, /--webhook is no http or https URL/],
        [["watch", "--webhook", "https://example.com"], 4, /WECHAT_PLUGIN_WEBHOOK_SECRET is not set/]
      ] as const) {
        const outcome = yield* someone.fleet(...args)
        assert.strictEqual(outcome.code, code, outcome.stderr)
        assert.match(outcome.stderr, pattern)
      }
      const nightly = yield* someone.inTerminal("sweep", "--apps", someone.apps, "--cron", "0 2 * * *")
      yield* nightly.shows(/the next sweep is at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
      nightly.type("\u0003")
      assert.strictEqual(yield* nightly.ended, 130)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(1) })))
  )
})
