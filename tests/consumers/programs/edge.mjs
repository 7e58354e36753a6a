// Runs the worker on workerd, Cloudflare's own runtime, against an emulator in this process, and prints what it answers.
import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { Effect, Redacted } from "effect"
import { Miniflare } from "miniflare"
import { generateKeyPairSync } from "node:crypto"

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })
const [app, wechat] = [pair(), pair()]
const symmetricKey = Buffer.alloc(32, 7).toString("base64")

const plugin = { appid: "wx-plugin", nickname: "插件" }
const world = World.make({
  miniPrograms: [
    { appid: "wx-plain" },
    {
      appid: "wx-signed",
      apiSecurity: {
        symmetricKey: { sn: "symmetric", key: symmetricKey },
        publicKey: app.publicKey,
        wechatKey: { sn: "wechat", privateKey: wechat.privateKey }
      }
    }
  ],
  plugins: [plugin],
  applications: ["wx-plain", "wx-signed"].map((applicant) => ({ applicant, plugin: plugin.appid, status: 2 }))
})

const program = Effect.gen(function* () {
  const { fault, miniProgram, url } = yield* Emulator.Emulator
  const settings = Object.fromEntries(
    yield* Effect.forEach(["wx-plain", "wx-signed"], (appid) =>
      Effect.map(miniProgram(appid), ({ appSecret }) => [appid, Redacted.value(appSecret)])
    )
  )
  const worker = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          modules: true,
          scriptPath: "worker.mjs",
          compatibilityDate: "2025-06-01",
          bindings: {
            appSecrets: settings,
            baseUrl: url.origin,
            symmetricKey,
            privateKey: app.privateKey,
            wechatKey: wechat.publicKey
          }
        })
    ),
    (worker) => Effect.promise(() => worker.dispose())
  )
  const ask = (path) =>
    Effect.map(
      Effect.promise(() => worker.dispatchFetch(`http://worker/${path}`).then((answer) => answer.text())),
      (text) => console.log(`${path}: ${text}`)
    )
  yield* ask("plain")
  yield* ask("signed")
  yield* ask("wrong-secret")
  yield* ask("nobody-there")
  yield* fault(Fault.hold({ on: "plugin" }))
  yield* ask("plain")
  yield* fault(Fault.raw({ on: "plugin", status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" }))
  yield* ask("plain")
})

await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(Emulator.layer({ world }))))
