import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Entry } from "../../Journal.js"
import * as Wire from "../control/wire.js"
import type { Exchange } from "../http/exchange.js"
import * as Json from "../http/json.js"
import type { Reply } from "../http/reply.js"

/** What the page shows live: the last requests with their replies, and that something changed. */
export interface Feed {
  /** A request has arrived, or its reply was sent. */
  readonly publish: (entry: Entry, reply?: Reply) => Effect.Effect<void>
  /** The control API was used. */
  readonly changed: Effect.Effect<void>
  readonly clear: Effect.Effect<void>
  /** Sends the feed as Server-Sent Events until the client disconnects. */
  readonly serve: (exchange: Exchange) => Effect.Effect<void>
}

const kept = 200

/** The reply without its secrets: its JSON, or its size. */
const bodyOf = ({ body, headers }: Reply): unknown =>
  Option.match(Json.parse(Json.text(body)), {
    onNone: () =>
      (headers["content-type"] ?? "").startsWith("text/")
        ? Json.text(body)
        : `${headers["content-type"] ?? "no content-type"}, ${body.length} bytes`,
    onSome: Json.hideSecrets
  })

interface Line {
  readonly entry: Entry
  readonly reply: Reply | undefined
}

const encode = Schema.encodeSync(Wire.Entry)

const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

const eventOf = ({ entry, reply }: Line): string =>
  event("request", { ...encode(entry), ...(reply === undefined ? {} : { sent: bodyOf(reply) }) })

export const make = (now: Effect.Effect<number>): Effect.Effect<Feed> =>
  Effect.sync(() => {
    let lines: Array<Line> = []
    let lastArrival = 0
    const readers = new Set<(text: () => string) => void>()

    const tell = (text: () => string): void => readers.forEach((reader) => reader(text))
    const clear = (): void => {
      lines = []
      lastArrival = 0
      tell(() => event("clear", {}))
    }
    const state = Effect.map(now, (now) => event("state", { now }))

    return {
      publish: (entry, reply) =>
        Effect.sync(() => {
          if (reply === undefined) {
            // after a reset the requests are counted from 1 again
            if (entry.seq <= lastArrival) {
              clear()
            }
            lastArrival = entry.seq
          }
          const line = { entry, reply }
          lines = [...lines.filter((other) => other.entry.seq !== entry.seq).slice(1 - kept), line]
          tell(() => eventOf(line))
        }),
      changed: Effect.map(state, (text) => tell(() => text)),
      clear: Effect.sync(clear),
      serve: ({ response }) =>
        Effect.flatMap(state, (first) =>
          Effect.async<void>((resume) => {
            response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
            response.write(first + event("clear", {}) + lines.map(eventOf).join(""))
            const reader = (text: () => string) => void response.write(text())
            readers.add(reader)
            response.once("close", () => {
              readers.delete(reader)
              resume(Effect.void)
            })
          })
        )
    }
  })
