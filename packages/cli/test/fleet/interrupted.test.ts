import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { name } from "../support.js"
import { installed, user, worldOf } from "./support.js"

const apps = 150

describe(`a sweep in a terminal under ${name}`, () => {
  it.scopedLive("shows how far it is, pauses at Ctrl-C, and goes on where it was", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const someone = yield* user(yield* installed, apps)
      yield* emulator.fault(Fault.hold({ nth: 60, times: Infinity }))
      const sweep = yield* someone.inTerminal("sweep", "--apps", someone.apps)
      yield* sweep.shows(/█+░+ +\d+% [1-9]\d* of 150, 0 failed/)
      // another terminal sees the same, and cannot run it as well
      const watch = yield* someone.inTerminal("watch")
      yield* watch.shows(/█+░+ +\d+% [1-9]\d* of 150, 0 failed/)
      const second = yield* someone.fleet("sweep", "--apps", someone.apps)
      assert.strictEqual(second.code, 2)
      assert.match(
        second.stderr,
        /another process runs the sweeps of this database → Follow it with wechat-plugin fleet watch/
      )

      sweep.type("\u0003")
      assert.strictEqual(yield* sweep.ended, 130)
      assert.match(sweep.screen(), /Paused at \d+ of 150\. Go on with: wechat-plugin fleet resume 1$/m)
      yield* watch.shows(/paused/)
      const asked = (yield* emulator.journal).filter(({ endpoint }) => endpoint === "plugin").length

      const beside = yield* someone.fleet("sweep", "--apps", someone.apps)
      assert.strictEqual(beside.code, 2)
      assert.match(beside.stderr, /sweep 1 has not ended → Go on with wechat-plugin fleet resume 1, or end it with/)
      yield* emulator.reset
      yield* emulator.seed(worldOf(apps))
      const resumed = yield* someone.fleet("resume")
      assert.strictEqual(resumed.code, 0, resumed.stderr)
      assert.match(resumed.stdout, /^150 mini programs: 150 listed$/m)
      assert.isBelow((yield* emulator.journal).filter(({ endpoint }) => endpoint === "plugin").length, 150)
      assert.isAbove(asked, 59)
      assert.strictEqual(yield* watch.ended, 0)
      assert.match(watch.screen(), /^Sweep 1 .* done$/m)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(apps) })))
  )

  it.scopedLive("pause, resume and cancel act from another terminal", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const someone = yield* user(yield* installed, apps)
      yield* emulator.fault(Fault.hold({ times: Infinity }))
      const sweep = yield* someone.inTerminal("sweep", "--apps", someone.apps)
      yield* sweep.shows(/0% 0 of 150/)
      yield* emulator.awaitRequest("plugin")
      const paused = yield* someone.fleet("pause")
      assert.match(paused.stdout, /^Sweep 1: 0 of 150, 0 failed, paused\. Go on with: wechat-plugin fleet resume 1$/m)
      yield* sweep.shows(/paused/)
      const resumed = yield* someone.inTerminal("resume")
      yield* resumed.shows(/Sweep 1 goes on in another process/)
      const cancelled = yield* someone.fleet("cancel", "1")
      assert.strictEqual(cancelled.code, 0)
      yield* emulator.reset
      assert.strictEqual(yield* sweep.ended, 130)
      assert.match(sweep.screen(), /^Sweep 1 .*, cancelled$/m)
      assert.strictEqual(yield* resumed.ended, 130)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(apps) })))
  )
})
