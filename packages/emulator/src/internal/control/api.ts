import * as Effect from "effect/Effect"
import type * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { PluginListItem, World } from "../../World.js"
import { optional, Secret } from "../domain/schema.js"
import type { Controls } from "./controls.js"
import { Endpoint, Entry, Fault, Push, PushReply } from "./wire.js"

/** One request of the control API: the JSON of its payload and of its result, and how the emulator serves it. */
export interface Control<A, I, B, J> {
  readonly name: string
  readonly payload: Schema.Schema<A, I>
  readonly success: Schema.Schema<B, J>
  readonly serve: (controls: Controls, payload: unknown) => Effect.Effect<unknown, ParseResult.ParseError>
}

const control = <A, I, B, J>(
  name: string,
  payload: Schema.Schema<A, I>,
  success: Schema.Schema<B, J>,
  run: (controls: Controls, payload: A) => Effect.Effect<B>
): Control<A, I, B, J> => ({
  name,
  payload,
  success,
  serve: (controls, json) =>
    Schema.decodeUnknown(payload)(json).pipe(
      Effect.flatMap((payload) => run(controls, payload)),
      Effect.flatMap(Schema.encode(success))
    )
})

const Nothing = Schema.Struct({})
const nothing = Effect.map(() => ({}))

/** All requests of the control API. The server and the client both use this table. */
export const controls = {
  connect: control(
    "connect",
    Nothing,
    Schema.Struct({ appId: Schema.String, appSecret: Secret, secretId: Schema.String, secretKey: Secret }),
    Effect.succeed
  ),
  world: control("world", Nothing, World, ({ world }) => world),
  seed: control("seed", World, Nothing, ({ seed }, world) => nothing(seed(world))),
  plugins: control("plugins", Nothing, Schema.Array(PluginListItem), ({ plugins }) => plugins),
  setPlugins: control("setPlugins", Schema.Array(PluginListItem), Nothing, ({ setPlugins }, plugins) =>
    nothing(setPlugins(plugins))
  ),
  fault: control("fault", Fault, Nothing, ({ fault }, payload) => nothing(fault(payload))),
  release: control("release", Nothing, Nothing, ({ release }) => nothing(release)),
  expireTokens: control(
    "expireTokens",
    Schema.Struct({ errcode: optional(Schema.Literal(40001, 40014, 42001)), stale: optional(Schema.Boolean) }),
    Nothing,
    ({ expireTokens }, options) => nothing(expireTokens(options))
  ),
  issueToken: control("issueToken", Nothing, Secret, ({ issueToken }) => issueToken),
  cloudbaseToken: control("cloudbaseToken", Nothing, Secret, ({ cloudbaseToken }) => cloudbaseToken),
  pluginLogin: control(
    "pluginLogin",
    Schema.Struct({ appid: optional(Schema.String), plugin: Schema.String, user: Schema.String }),
    Schema.String,
    ({ pluginLogin }, options) => pluginLogin(options)
  ),
  push: control("push", Push, PushReply, ({ push }, options) => push(options)),
  journal: control("journal", Nothing, Schema.Array(Entry), ({ journal }) => journal),
  journalDropped: control("journalDropped", Nothing, Schema.Int, ({ journalDropped }) => journalDropped),
  awaitRequest: control(
    "awaitRequest",
    Schema.Struct({ endpoint: Endpoint, nth: optional(Schema.Int.pipe(Schema.positive())) }),
    Entry,
    ({ awaitRequest }, { endpoint, nth }) => awaitRequest(endpoint, nth)
  ),
  advance: control(
    "advance",
    Schema.Struct({ millis: Schema.DurationFromMillis }),
    Nothing,
    ({ advance }, { millis }) => nothing(advance(millis))
  ),
  reset: control("reset", Nothing, Nothing, ({ reset }) => nothing(reset))
}
