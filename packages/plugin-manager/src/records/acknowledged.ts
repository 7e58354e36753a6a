import * as Schema from "effect/Schema"

const Acknowledgement = Schema.Struct({ errcode: Schema.Literal(0, "0") })

/** The success of an operation that returns nothing else. Without an explicit errcode 0 the change counts as failed. */
export const acknowledged: Schema.Schema<void, unknown> = Schema.transform(
  Schema.Unknown.pipe(Schema.compose(Acknowledgement, { strict: false })),
  Schema.Void,
  { strict: true, decode: () => undefined, encode: () => ({ errcode: 0 as const }) }
)
