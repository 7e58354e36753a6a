/** Runs the command: from its arguments to its exit code. */
import * as CliConfig from "@effect/cli/CliConfig"
import * as Command from "@effect/cli/Command"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import { refuseWrong } from "./grammar/check.js"
import { name, root } from "./grammar/commands.js"
import { refuseSecrets } from "./grammar/secrets.js"
import { exitCodes } from "./program/failure/exitCodes.js"
import { report } from "./program/failure/report.js"
import * as CliConsole from "./program/output/cliConsole.js"
import type { Invocation } from "./program/output/invocation.js"
import * as Logger from "./program/output/logger.js"
import * as Process from "./program/output/process.js"
import * as Screen from "./program/output/screen.js"
import * as Terminal from "./program/output/terminal.js"
import { version } from "./program/output/version.js"

const cliConfig = CliConfig.layer({ showBuiltIns: false, isCaseSensitive: true, finalCheckBuiltIn: true })

/** Parses the arguments with @effect/cli, and runs the command or prints a completion script. */
const parse = Effect.gen(function* () {
  const { invocation, say } = yield* Screen.Screen
  yield* refuseWrong(invocation.args, invocation.language)
  const cli = Command.run(root(say), { name, version, executable: name })
  yield* Effect.withConsole(cli(["node", name, ...invocation.args]), yield* CliConsole.make)
})

export const main = (args: ReadonlyArray<string>, environment: Map<string, string>, invocation: Invocation): void => {
  const screen = Screen.make(invocation, environment)
  const program = refuseSecrets(args).pipe(
    Effect.zipRight(parse),
    Effect.as(exitCodes.ok),
    Effect.catchAllCause((cause) => report(screen, cause)),
    Effect.provide(Layer.mergeAll(Terminal.layer, cliConfig).pipe(Layer.provideMerge(NodeContext.layer))),
    Effect.provide([
      Layer.succeed(Screen.Screen, screen),
      Layer.setConfigProvider(ConfigProvider.fromMap(environment)),
      Logger.layer
    ])
  )
  const fiber = Effect.runFork(program)
  const signalled = Process.onSignal(() => fiber.unsafeInterruptAsFork(FiberId.none))
  fiber.addObserver((exit) => Process.exit(signalled() ?? (Exit.isSuccess(exit) ? exit.value : exitCodes.unexpected)))
}
