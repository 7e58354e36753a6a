import { Emulator, Fault, type Journal } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, TestClock } from "effect"
import { errcode, json, list, listOverSocket, overSocket, pageErrcodes, request, stableToken } from "./support.js"
import { apply, provide, unbind } from "./parties.js"

const rid = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

describe("Fault", () => {
  it.effect("errcode: sends WeChat's text with a request id, or the given text", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(89237))
      yield* fault(Fault.errcode(-1, { errmsg: "系统错误" }))
      const first = yield* list
      assert.strictEqual(first.status, 200)
      const { errcode, errmsg, ...rest } = json(first) as { errcode: number; errmsg: string }
      assert.strictEqual(errcode, 89237)
      assert.match(errmsg, rid)
      assert.strictEqual(errmsg.replace(rid, ""), "plugin has send apply message or already bind")
      assert.deepStrictEqual(rest, {})
      assert.strictEqual((yield* list).text, `{"errcode":-1,"errmsg":"系统错误"}`)
      assert.strictEqual((json(yield* list) as { errcode: number }).errcode, 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it("errcode: has a text for every errcode of WeChat's page", () => {
    assert.strictEqual(pageErrcodes.length, 10)
    assert.includeMembers(pageErrcodes, [-1, 89044, 89236, 89243])
    for (const code of pageErrcodes) {
      assert.isString(Fault.defaultErrmsg(code), String(code))
    }
    assert.isUndefined(Fault.defaultErrmsg(12345))
  })

  it.effect("on and times: affects the token endpoint only if asked to", () =>
    Effect.gen(function* () {
      const { fault, journal } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(-1, { times: 2 }))
      yield* fault(Fault.errcode(45011, { on: "token" }))
      yield* fault(Fault.errcode(48001, { on: "any" }))
      assert.strictEqual((yield* stableToken()).errcode, 45011)
      assert.strictEqual((yield* stableToken()).errcode, 48001)
      assert.isUndefined((yield* stableToken()).errcode)
      assert.deepStrictEqual([errcode(yield* list), errcode(yield* list), errcode(yield* list)], [-1, -1, 0])
      assert.deepStrictEqual(
        (yield* journal).map(({ reply }) => reply.fault),
        ["errcode", "errcode", undefined, "errcode", "errcode", undefined]
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("nth: leaves the requests before the nth alone", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(-1, { nth: 3, times: 2 }))
      yield* fault(Fault.errcode(45011, { nth: 2 }))
      const codes = yield* Effect.replicateEffect(Effect.map(list, errcode), 6)
      assert.deepStrictEqual(codes, [0, 45011, -1, -1, 0, 0])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("applies faults in the order of the queue, also the same fault twice", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      const busy = Fault.errcode(-1)
      yield* fault(busy)
      yield* fault(Fault.errcode(45011, { nth: 1 }))
      yield* fault(busy)
      const codes = yield* Effect.replicateEffect(Effect.map(list, errcode), 4)
      assert.deepStrictEqual(codes, [-1, 45011, -1, 0])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("on: affects one operation or one action", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(-1, { on: "pluginManager.applyPlugin", nth: 2 }))
      yield* fault(Fault.errcode(45009, { on: "unbind" }))
      yield* fault(Fault.errcode(45011, { on: "getAccessToken" }))
      assert.isUndefined((yield* stableToken()).errcode)
      assert.deepStrictEqual(
        [yield* apply("wx-plugin"), errcode(yield* list), yield* apply("wx-plugin"), yield* unbind("wx-plugin")],
        [0, 0, -1, 45009]
      )
      assert.strictEqual(errcode(yield* request("/cgi-bin/token", { method: "GET" })), 45011)
    }).pipe(provide)
  )

  it.effect("body: sends text and bytes unchanged", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.body(`{"errcode":0,"nickname":"\u0001http:\\/\\/x"}`, { contentType: "text/plain" }))
      yield* fault(Fault.body(new Uint8Array([0x7b, 0xff])))
      yield* fault(Fault.body(""))
      const reply = yield* list
      assert.strictEqual(reply.headers.get("content-type"), "text/plain")
      assert.strictEqual(reply.text, `{"errcode":0,"nickname":"\u0001http:\\/\\/x"}`)
      assert.strictEqual((yield* list).text, "{\ufffd")
      assert.strictEqual((yield* list).text, "")
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("raw: sends the given status, headers and body", () =>
    Effect.gen(function* () {
      const { fault, url } = yield* Emulator.Emulator
      const html = "<h1>502 Bad Gateway</h1>"
      yield* fault(Fault.raw({ status: 502, headers: { "content-type": "text/html" }, body: html }))
      yield* fault(Fault.raw({ status: 302, headers: { location: `${url}elsewhere` }, on: "token" }))
      yield* fault(Fault.raw({ status: 204 }))
      const bad = yield* list
      assert.deepStrictEqual([bad.status, bad.headers.get("content-type"), bad.text], [502, "text/html", html])
      const moved = yield* request("/cgi-bin/stable_token")
      assert.deepStrictEqual([moved.status, moved.headers.get("location")], [302, `${url}elsewhere`])
      assert.strictEqual((yield* list).status, 204)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("reset: sends an RST and no bytes", () =>
    Effect.gen(function* () {
      const { fault, journal } = yield* Emulator.Emulator
      yield* fault(Fault.reset())
      assert.deepStrictEqual(yield* listOverSocket, { text: "", ended: false, error: "ECONNRESET" })
      assert.deepStrictEqual((yield* journal)[0]?.reply, { fault: "reset" })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("close: sends a FIN and no bytes", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.close())
      assert.deepStrictEqual(yield* listOverSocket, { text: "", ended: true, error: undefined })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("truncate: sends less than the headers announce, then a FIN", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.truncate())
      const reply = yield* listOverSocket
      const [head = "", body = ""] = reply.text.split("\r\n\r\n")
      const promised = Number(/content-length: (\d+)/i.exec(head)?.[1])
      assert.isTrue(reply.ended)
      assert.isAbove(body.length, 0)
      assert.isBelow(body.length, promised)
      yield* fault(Fault.truncate())
      assert.instanceOf(yield* Effect.flip(list), Error)
      yield* fault(Fault.truncate({ on: "any" }))
      assert.strictEqual((yield* overSocket("GET /x HTTP/1.1\r\nhost: x\r\n\r\n")).ended, true)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("hold: sends no reply before release", () =>
    Effect.gen(function* () {
      const { awaitRequest, fault, journal, release } = yield* Emulator.Emulator
      yield* fault(Fault.hold({ times: 2 }))
      const first = yield* Effect.fork(list)
      const second = yield* Effect.fork(list)
      const arrived = yield* awaitRequest("plugin", 2)
      assert.deepStrictEqual(arrived.reply, { fault: "hold" })
      yield* release
      assert.deepStrictEqual([errcode(yield* first), errcode(yield* second), errcode(yield* list)], [0, 0, 0])
      assert.deepStrictEqual((yield* journal)[0]?.reply, { status: 200, errcode: 0, fault: "hold" })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("hold: ends when the client disconnects", () =>
    Effect.gen(function* () {
      const ended = yield* Deferred.make<Journal.Entry>()
      const onRequest = (entry: Journal.Entry) => Effect.asVoid(Deferred.succeed(ended, entry))
      yield* Effect.gen(function* () {
        const { awaitRequest, fault, journal, release } = yield* Emulator.Emulator
        yield* fault(Fault.hold())
        const gone = yield* Effect.fork(list)
        yield* awaitRequest("plugin")
        yield* Fiber.interrupt(gone)
        assert.deepStrictEqual((yield* Deferred.await(ended)).reply, { fault: "hold" })
        yield* release
        assert.strictEqual(errcode(yield* list), 0)
        assert.deepStrictEqual((yield* journal)[0]?.reply, { fault: "hold" })
      }).pipe(Effect.provide(Emulator.layer({ onRequest })))
    })
  )

  it.effect("delay: follows the Clock, also if it is adjusted right after the arrival", () =>
    Effect.gen(function* () {
      const { awaitRequest, fault } = yield* Emulator.Emulator
      for (const nth of [1, 2, 3, 4, 5]) {
        yield* fault(Fault.delay("10 seconds"))
        const late = yield* Effect.fork(list)
        yield* awaitRequest("plugin", nth)
        yield* TestClock.adjust("10 seconds")
        assert.strictEqual(errcode(yield* late), 0)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("drip: sends the body in pieces, by the Clock", () =>
    Effect.gen(function* () {
      const { awaitRequest, fault, url } = yield* Emulator.Emulator
      yield* fault(Fault.body("0123456789"))
      yield* fault(Fault.drip({ size: 6, pause: "1 minute", on: "any" }))
      assert.strictEqual((yield* list).text, "0123456789")
      const response = yield* Effect.promise(() => fetch(new URL("/wxa/plugin", url), { method: "POST" }))
      const reader = response.body!.getReader()
      const read = Effect.promise(() => reader.read()).pipe(Effect.map(({ value }) => value?.length))
      yield* awaitRequest("plugin", 2)
      assert.strictEqual(yield* read, 6)
      const next = yield* Effect.fork(read)
      yield* TestClock.adjust("1 minute")
      assert.isAbove((yield* next) ?? 0, 5)
      yield* TestClock.adjust("1 hour")
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it("drip: throws if the size is not an integer of at least 1", () => {
    for (const size of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => Fault.drip({ size }), RangeError, /size/)
    }
    assert.deepInclude(Fault.drip({ size: 1 }), { _tag: "Drip", size: 1 })
  })

  it.effect("gatewayError does not affect the HTTPS API", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.gatewayError(-604101, { on: "any" }))
      assert.strictEqual(errcode(yield* list), 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("reset and close make fetch fail", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      for (const trouble of [Fault.reset(), Fault.close()]) {
        yield* fault(trouble)
        assert.instanceOf(yield* Effect.flip(list), Error)
      }
      assert.strictEqual(errcode(yield* list), 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
