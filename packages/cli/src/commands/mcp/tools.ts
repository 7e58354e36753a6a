/** All tools, and what a client learns of them. */
import * as Effect from "effect/Effect"
import type { Target } from "../../program/miniProgram/target.js"
import { fleet } from "./fleet.js"
import * as MiniPrograms from "./miniPrograms.js"
import { reads } from "./reads.js"
import { foreign, type Tool } from "./tool.js"
import { writes } from "./writes.js"

export const make = (target: Target, allowWrites: boolean) =>
  Effect.map(MiniPrograms.make(target), (inMiniProgram) => [
    ...reads(inMiniProgram),
    ...fleet(target.emulator),
    ...(allowWrites ? writes(inMiniProgram) : [])
  ])

const instructions = `Manages the plugins of WeChat mini programs. ${foreign} Ask the user before a tool that changes something.`

/** Adds to the server's replies what @effect/ai has no place for: its instructions, and the output schemas. */
export const complete =
  (tools: ReadonlyArray<Pick<Tool<never>, "mcp" | "outputSchema">>) =>
  (method: string, result: object): object => {
    if (method === "initialize") {
      return { ...result, instructions }
    }
    if (method !== "tools/list" || !("tools" in result) || !Array.isArray(result.tools)) {
      return result
    }
    const schemas = new Map(tools.map(({ mcp, outputSchema }) => [mcp.name, outputSchema]))
    const listed: ReadonlyArray<{ readonly name: string }> = result.tools
    return { ...result, tools: listed.map((tool) => ({ ...tool, outputSchema: schemas.get(tool.name) })) }
  }
