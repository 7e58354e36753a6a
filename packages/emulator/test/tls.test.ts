import { X509Certificate } from "node:crypto"
import * as Https from "node:https"
import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

const provide = Effect.provide(Emulator.layer({ tls: true }))

/** The body of a reply over HTTPS, or the code of the error. `servername` is the name that the client expects in the certificate. */
const post = (wechat: Emulator.Emulator.Service, trusted: string | undefined, servername: string) =>
  Effect.promise(
    () =>
      new Promise<string>((resolve) => {
        const options = { method: "POST", ca: trusted, servername, agent: false as const }
        const request = Https.request(new URL("/open-interface/wxa/plugin", wechat.url), options, (response) => {
          let text = ""
          response.on("data", (chunk) => (text += String(chunk)))
          response.on("end", () => resolve(text))
        })
        request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        request.end(`{"action":"list"}`)
      })
  )

describe("an emulator with tls", () => {
  it.live("serves HTTPS as localhost and as WeChat to those who trust its certificate", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      assert.strictEqual(wechat.url.protocol, "https:")
      for (const name of ["localhost", "api.weixin.qq.com"]) {
        assert.include(yield* post(wechat, wechat.certificate, name), `"errcode":0`)
      }
      assert.strictEqual(yield* post(wechat, wechat.certificate, "example.com"), "ERR_TLS_CERT_ALTNAME_INVALID")
      assert.strictEqual(yield* post(wechat, undefined, "localhost"), "DEPTH_ZERO_SELF_SIGNED_CERT")
      const { ca, subjectAltName } = new X509Certificate(wechat.certificate!)
      assert.isTrue(ca)
      assert.include(subjectAltName!, "IP Address:127.0.0.1")
    }).pipe(provide)
  )

  it.live("makes another certificate for each emulator, and shows no private key", () =>
    Effect.gen(function* () {
      const certificate = Effect.map(Emulator.Emulator, ({ certificate }) => certificate)
      const [one, other] = [yield* Effect.provide(certificate, Emulator.layer({ tls: true })), yield* certificate]
      assert.notStrictEqual(one, other)
      assert.notInclude(other!, "PRIVATE")
    }).pipe(provide)
  )

  it.live("resets and closes connections below TLS", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      for (const fault of [Fault.reset({ on: "any" }), Fault.close({ on: "any" })]) {
        yield* wechat.fault(fault)
        assert.strictEqual(yield* post(wechat, wechat.certificate, "localhost"), "ECONNRESET")
      }
    }).pipe(provide)
  )
})
