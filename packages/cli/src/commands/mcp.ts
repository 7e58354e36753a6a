/** An MCP server on stdin and stdout, with the operations as tools of an AI assistant. */
import * as McpServer from "@effect/ai/McpServer"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { version } from "../program/output/version.js"
import * as Stdio from "./mcp/stdio.js"
import * as Tools from "./mcp/tools.js"

export interface Options extends Target {
  readonly allowWrites: boolean
}

export const run = ({ allowWrites, ...target }: Options) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    yield* note([
      say({
        zh: `MCP 服务已在标准输入输出上启动（${allowWrites ? "可写" : "只读"}）。`,
        en: `The MCP server is running on stdin and stdout (${allowWrites ? "with writes" : "read-only"}).`
      })
    ])
    const server = McpServer.layerStdio({ name: "wechat-plugin", version, ...(yield* Stdio.make) })
    // the end of stdin interrupts the fiber of the server; it is the normal way to stop it
    const serving = yield* Effect.fork(Layer.launch(Layer.provide(Tools.layer(allowWrites), server)))
    const exit = yield* Fiber.await(serving)
    yield* Exit.isInterrupted(exit) ? Effect.void : exit
  }).pipe(MiniProgram.provide(target))
