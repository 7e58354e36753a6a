/** An MCP server on stdin and stdout, with the operations as tools of an AI assistant. */
import * as McpServer from "@effect/ai/McpServer"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { version } from "../program/output/version.js"
import * as Stdio from "./mcp/stdio.js"
import { register } from "./mcp/tool.js"
import * as Tools from "./mcp/tools.js"

export interface Options extends Target {
  readonly allowWrites: boolean
}

/** Nobody can answer a question: stdin belongs to the client. A tool without a credential fails, and the server goes on. */
const withoutQuestions = Effect.updateService(Screen, (screen) => ({ ...screen, isInteractive: false }))

export const run = ({ allowWrites, ...target }: Options) =>
  Effect.gen(function* () {
    const { note, say } = yield* Screen
    const tools = yield* Tools.make(target, allowWrites)
    yield* note([
      say({
        zh: `MCP 服务已在标准输入输出上启动（${allowWrites ? "可写" : "只读"}）。`,
        en: `The MCP server is running on stdin and stdout (${allowWrites ? "with writes" : "read-only"}).`
      })
    ])
    const stdio = yield* Stdio.make(Tools.complete(tools))
    const server = McpServer.layerStdio({ name: "wechat-plugin", version, ...stdio })
    // the end of stdin interrupts the fiber of the server; it is the normal way to stop it
    const serving = yield* Effect.fork(Layer.launch(Layer.provide(Layer.effectDiscard(register(tools)), server)))
    const exit = yield* Fiber.await(serving)
    yield* Exit.isInterrupted(exit) ? Effect.void : exit
  }).pipe(withoutQuestions, Effect.scoped)
