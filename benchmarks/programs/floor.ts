// A program with a Layer, a Schema and a tagged error, without this library: its size is the lower bound.
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

class Refused extends Schema.TaggedError<Refused>("Refused")("Refused", { errcode: Schema.Int }) {}

class Source extends Context.Tag("Source")<Source, Effect.Effect<unknown>>() {}

const program = Effect.flatMap(Effect.flatten(Source), Schema.decodeUnknown(Schema.Array(Schema.String)))

void Effect.runPromise(Effect.provide(program, Layer.effect(Source, new Refused({ errcode: 1 })))).then(console.log)
