#!/usr/bin/env node
/**
 * The command `effect-wechat-emulator`.
 *
 * @since 0.1.0
 */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Emulator from "./Emulator.js"
import * as Arguments from "./internal/command/arguments.js"
import { version } from "./internal/command/version.js"
import * as Journal from "./Journal.js"
import * as WorldFile from "./WorldFile.js"
import { runCommand } from "./internal/command/runCommand.js"

/** Writes the certificate into a new folder, which nobody else can have prepared. */
const certificateFile = (certificate: string) =>
  Effect.sync(() => {
    const file = join(mkdtempSync(join(tmpdir(), "effect-wechat-emulator-")), "ca.pem")
    writeFileSync(file, certificate)
    return file
  })

const certificateLines = (certificate: string | undefined) =>
  certificate === undefined
    ? Effect.succeed("")
    : Effect.map(
        certificateFile(certificate),
        (file) => `Certificate          ${file}   (clients must trust it: NODE_EXTRA_CA_CERTS, curl --cacert …)\n`
      )

// printing the secrets is safe: they are valid in this emulator only
const welcome = Effect.gen(function* () {
  const { appId, appSecret, certificate, gatewayUrl, secretId, secretKey, url } = yield* Emulator.Emulator
  const secret = Redacted.value(appSecret)
  const lines = yield* certificateLines(certificate)
  yield* Console.log(`The emulator of WeChat runs until Ctrl-C. The credentials below work nowhere else.

HTTPS API            ${url.origin}   (instead of https://api.weixin.qq.com)
  WECHAT_APPID=${appId} WECHAT_SECRET=${secret}
Gateway, serviceUrl  ${gatewayUrl}   (for wx-server-sdk's init or createNewInstance)
  TENCENTCLOUD_SECRETID=${secretId} TENCENTCLOUD_SECRETKEY=${Redacted.value(secretKey)}
Page                 ${url.origin}/   (to look at, in a browser)
Control API          ${url.origin}/__emulator/world, seed, fault, advance, journal, reset … (POST, application/json)
${lines}
Get a token:
  curl ${url.origin}/cgi-bin/stable_token -d '{"grant_type":"client_credential","appid":"${appId}","secret":"${secret}"}'
`)
})

const serve = Effect.fnUntraced(function* ({ command, world: file, ...options }: Arguments.Arguments) {
  const world = file === undefined ? {} : { world: yield* WorldFile.read(file) }
  const onRequest = (entry: Journal.Entry) => Console.log(Journal.format(entry))
  if (command !== undefined) {
    return yield* Effect.flatMap(Emulator.Emulator, (emulator) => runCommand(emulator, command)).pipe(
      Effect.provide(Emulator.layer({ ...options, ...world }))
    )
  }
  return yield* Layer.launch(
    Layer.provideMerge(Layer.effectDiscard(welcome), Emulator.layer({ ...options, ...world, onRequest }))
  )
})

const program = Effect.gen(function* () {
  const options = yield* Arguments.read(process.argv.slice(2))
  if (options.help) {
    return yield* Effect.as(Console.log(Arguments.usage), 0)
  }
  return yield* options.version ? Effect.as(Console.log(version(import.meta.url)), 0) : serve(options)
}).pipe(Effect.tapError(({ message }) => Console.error(message)))

// does what NodeRuntime.runMain does, without the dependency on @effect/platform-node
const fiber = Effect.runFork(program)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => fiber.unsafeInterruptAsFork(FiberId.none))
}
fiber.addObserver((exit) => {
  process.exitCode = Exit.isSuccess(exit) ? exit.value : Cause.isInterruptedOnly(exit.cause) ? 0 : 1
})
