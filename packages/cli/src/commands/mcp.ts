/** The operations as tools of an AI assistant: MCP over stdin and stdout. */
import * as McpServer from "@effect/ai/McpServer"
import * as NodeSink from "@effect/platform-node/NodeSink"
import * as NodeStream from "@effect/platform-node/NodeStream"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as MiniProgram from "../program/miniProgram.js"
import * as Process from "../program/process.js"
import { Screen } from "../program/screen.js"
import { version } from "../program/version.js"
import * as Tools from "./mcp/tools.js"

export interface Options extends MiniProgram.Target {
  readonly allowWrites: boolean
}

export const run = ({ allowWrites, ...target }: Options) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    yield* note(
      say({
        zh: `MCP 服务已在标准输入输出上启动（${allowWrites ? "可写" : "只读"}）。`,
        en: `An MCP server is on stdin and stdout (${allowWrites ? "with writes" : "read-only"}).`
      })
    )
    const server = McpServer.layerStdio({
      name: "wechat-plugin",
      version,
      stdin: NodeStream.fromReadable(
        () => Process.stdin,
        (cause) => cause
      ),
      stdout: NodeSink.stdout
    })
    // the end of stdin interrupts the fiber that serves, and is the way in which an assistant says goodbye
    const serving = yield* Effect.fork(Layer.launch(Layer.provide(Tools.layer(allowWrites), server)))
    const exit = yield* Fiber.await(serving)
    yield* Exit.isInterrupted(exit) ? Effect.void : exit
  }).pipe(MiniProgram.provide(target))
