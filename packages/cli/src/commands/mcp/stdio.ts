/** The lines of an MCP server over stdin and stdout. */
import * as NodeStream from "@effect/platform-node/NodeStream"
import * as Effect from "effect/Effect"
import * as Sink from "effect/Sink"
import * as Stream from "effect/Stream"
import { Screen } from "../../program/output/screen.js"
import * as Streams from "../../program/output/streams.js"
import * as JsonRpc from "./jsonRpc.js"

export const make = (complete: Parameters<typeof JsonRpc.make>[0]) =>
  Effect.map(Screen, ({ writeJson }) => {
    const connection = JsonRpc.make(complete)
    const reply = (line: string) => writeJson(`${line}\n`)
    const stdin = NodeStream.fromReadable<unknown, Uint8Array>(
      () => Streams.stdin,
      (cause) => cause
    ).pipe(
      Stream.decodeText(),
      Stream.splitLines,
      Stream.filter((line) => line.trim() !== ""),
      Stream.mapEffect((line) => {
        const { forward, replies } = connection.receive(line)
        return Effect.as(Effect.forEach(replies, reply, { discard: true }), forward)
      }),
      Stream.filter((line) => line !== undefined),
      Stream.map((line) => `${line}\n`),
      Stream.encodeText
    )
    const sendLine = (line: string) => {
      const sent = connection.send(line)
      return sent === undefined ? Effect.void : reply(sent)
    }
    // a chunk is one or more whole lines
    const stdout = Sink.forEach((chunk: Uint8Array | string) => {
      const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)
      return Effect.forEach(text.trimEnd().split("\n"), sendLine, { discard: true })
    })
    return { stdin, stdout }
  })
