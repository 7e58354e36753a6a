/** From what was typed to the exit code. */
import * as Command from "@effect/cli/Command"
import * as CliConfig from "@effect/cli/CliConfig"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { name, root } from "./grammar/commands.js"
import { refuseSecrets } from "./grammar/secrets.js"
import * as Failure from "./program/failure.js"
import * as CliConsole from "./program/cliConsole.js"
import * as Invocation from "./program/invocation.js"
import * as Process from "./program/process.js"
import * as Screen from "./program/screen.js"
import * as ShowHelp from "./program/showHelp.js"
import { version } from "./program/version.js"

/** Not on stdout, where Effect's own would write. */
const stderrLogger = Logger.replace(
  Logger.defaultLogger,
  Logger.make((options) => Process.writeNow(`${Logger.logfmtLogger.log(options)}\n`))
)

const cliConfig = CliConfig.layer({ showBuiltIns: false, isCaseSensitive: true, finalCheckBuiltIn: true })

/** What @effect/cli does: parse, complete, run. */
const parse = Effect.gen(function* () {
  const { invocation, say } = yield* Screen.Screen
  const cli = Command.run(root(say), { name, version, executable: name })
  yield* Effect.withConsole(cli(["node", name, ...invocation.args]), yield* CliConsole.make)
})

export const main = (args: ReadonlyArray<string>): void => {
  const environment = Process.takeEnvironment()
  const screen = Screen.make(Invocation.read(args, environment), environment)
  const program = refuseSecrets(args).pipe(
    Effect.zipRight(ShowHelp.orElse(parse)),
    Effect.as(Failure.exitCodes.ok),
    Effect.catchAllCause((cause) => Failure.report(screen, cause)),
    Effect.provide(Layer.mergeAll(Screen.layerTerminal, cliConfig).pipe(Layer.provideMerge(NodeContext.layer))),
    Effect.provide([
      Layer.succeed(Screen.Screen, screen),
      Layer.setConfigProvider(ConfigProvider.fromMap(environment)),
      stderrLogger
    ])
  )
  const fiber = Effect.runFork(program)
  const signalled = Process.onSignal(() => fiber.unsafeInterruptAsFork(FiberId.none))
  fiber.addObserver((exit) =>
    Process.exit(signalled() ?? (Exit.isSuccess(exit) ? exit.value : Failure.exitCodes.unexpected))
  )
}
