import * as Net from "node:net"
import { networkInterfaces } from "node:os"
import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Scope } from "effect"
import { callWith, errcode, json, list, listOverSocket, stableToken } from "./support.js"

const connect = (port: number, host: string) =>
  Effect.async<string>((resume) => {
    const socket = Net.connect({ port, host })
    socket.once("connect", () => resume(Effect.succeed("connected")))
    socket.once("error", (cause: NodeJS.ErrnoException) => resume(Effect.succeed(cause.code ?? "")))
    return Effect.sync(() => socket.destroy())
  })

describe("the lifecycle of the emulator", () => {
  it.effect("listens on loopback only", () =>
    Effect.gen(function* () {
      const { gatewayUrl, url } = yield* Emulator.Emulator
      assert.strictEqual(url.hostname, "127.0.0.1")
      assert.strictEqual(gatewayUrl, `http://127.0.0.1:${url.port}/admin`)
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ address, internal }) => !internal && !address.startsWith("fe80"))
      for (const { address } of [...others, { address: "::1" }]) {
        assert.notStrictEqual(yield* connect(Number(url.port), address), "connected", address)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("reset restores the initial state", () =>
    Effect.gen(function* () {
      const { awaitRequest, fault, journal, plugins, reset, setPlugins } = yield* Emulator.Emulator
      const { access_token } = yield* stableToken()
      const before = yield* plugins
      yield* setPlugins([])
      yield* fault(Fault.hold())
      yield* fault(Fault.errcode(-1))
      const held = yield* Effect.fork(list)
      yield* awaitRequest("plugin")
      yield* reset
      assert.deepStrictEqual(yield* journal, [])
      assert.deepStrictEqual(yield* plugins, before)
      yield* held
      assert.strictEqual(errcode(yield* callWith(`access_token=${access_token}`)), 40001)
      assert.strictEqual((json(yield* list) as { plugin_list: Array<never> }).plugin_list.length, 4)
      assert.deepStrictEqual(
        (yield* journal).map(({ reply, seq }) => [seq, reply.errcode]),
        [
          [1, 40001],
          [2, 0]
        ]
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("stops when its scope closes, also with held replies and idle connections", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(Emulator.layer(), scope)
      const { awaitRequest, fault, url } = Context.get(context, Emulator.Emulator)
      yield* list.pipe(Effect.provide(context))
      yield* fault(Fault.hold())
      const held = yield* Effect.fork(listOverSocket.pipe(Effect.provide(context)))
      yield* awaitRequest("plugin", 2)
      yield* Scope.close(scope, yield* Effect.exit(Effect.void))
      assert.strictEqual((yield* held).text, "")
      assert.strictEqual(yield* connect(Number(url.port), "127.0.0.1"), "ECONNREFUSED")
    })
  )

  it.effect("fails with an EmulatorError if the port is in use", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      const error = yield* Effect.flip(Layer.launch(Emulator.layer({ port: Number(url.port) })))
      assert.instanceOf(error, Emulator.EmulatorError)
      assert.strictEqual(error.port, Number(url.port))
      assert.match(error.message, /127\.0\.0\.1/)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
