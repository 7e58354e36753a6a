#!/usr/bin/env node
/**
 * The command `effect-wechat-emulator`.
 *
 * @since 0.1.0
 */
import { parseArgs } from "node:util"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Emulator from "./Emulator.js"
import * as Journal from "./Journal.js"

const usage = `effect-wechat-emulator: an emulator of WeChat on loopback, for development and tests

  --port <number>  the port of 127.0.0.1 to listen on (default: 8788)
  --help           show this text`

// printing the secret is safe: the command takes none, so it is the made-up one
const welcome = Effect.flatMap(Emulator.Emulator, ({ appId, appSecret, gatewayUrl, secretId, secretKey, url }) =>
  Console.log(`The emulator of WeChat runs until Ctrl-C. The credentials below are made up and work nowhere else.

HTTPS API            ${url.origin}   (instead of https://api.weixin.qq.com)
  WECHAT_APPID=${appId} WECHAT_SECRET=${Redacted.value(appSecret)}
Gateway, serviceUrl  ${gatewayUrl}   (for wx-server-sdk's init or createNewInstance)
  TENCENTCLOUD_SECRETID=${secretId} TENCENTCLOUD_SECRETKEY=${Redacted.value(secretKey)}
Control API          ${url.origin}/__emulator/world, seed, fault, advance, journal, reset … (POST, application/json)

Get a token:
  curl ${url.origin}/cgi-bin/stable_token -d '{"grant_type":"client_credential","appid":"${appId}","secret":"${Redacted.value(appSecret)}"}'
`)
)

const serve = (port: number) =>
  Layer.launch(
    Layer.provideMerge(
      Layer.effectDiscard(welcome),
      Emulator.layer({ port, onRequest: (entry) => Console.log(Journal.format(entry)) })
    )
  )

const readArguments = Option.liftThrowable((args: Array<string>) =>
  parseArgs({
    options: { port: { type: "string", default: "8788" }, help: { type: "boolean", default: false } },
    args
  })
)

class UsageError extends Data.TaggedError("UsageError")<{ readonly message: string }> {}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535

const program = Effect.gen(function* () {
  const args = yield* Effect.sync(() => readArguments(process.argv.slice(2)))
  const options = Option.filter(args, ({ values }) => isPort(values.port))
  if (Option.isNone(options)) {
    return yield* new UsageError({ message: usage })
  }
  const { help, port } = options.value.values
  return yield* help ? Console.log(usage) : serve(Number(port))
}).pipe(Effect.tapError(({ message }) => Console.error(message)))

// does what NodeRuntime.runMain does, without the dependency on @effect/platform-node
const fiber = Effect.runFork(program)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => fiber.unsafeInterruptAsFork(FiberId.none))
}
fiber.addObserver((exit) => {
  process.exitCode = Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause) ? 0 : 1
})
