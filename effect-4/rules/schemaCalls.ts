import { Node } from "ts-morph"
import type { CallRule, Context } from "../engine/emit.js"

const schema = "effect/Schema"

const check = (context: Context, filter: string) => `${context.ref(schema, "check")}(${filter})`

/** `Schema.positive()` and its like, with the words that Effect 3 had for them. */
const comparison =
  (member: string, limit: string, expected: string): CallRule =>
  (call, args, context) =>
    args.length === 0
      ? check(context, `${context.ref(schema, member)}(${limit}, { expected: "${expected}" })`)
      : context.unknown(call, "its annotations are not known")

const list = (args: ReadonlyArray<Node>, { emit, emitList }: Context): string =>
  args.length === 1 && Node.isSpreadElement(args[0]) ? emit(args[0].getExpression()) : `[${emitList(args)}]`

const property = (options: Node | undefined, name: string): Node | undefined => {
  const found = Node.isObjectLiteralExpression(options) ? options.getProperty(name) : undefined
  return Node.isPropertyAssignment(found) ? found.getInitializer() : undefined
}

/** `description` is what was expected; `message` the whole text; `arbitrary` is written for FastCheck, which Effect 4 has not. */
const annotations = (options: Node | undefined, { emit }: Context): string => {
  const expected = property(options, "description")
  const message = property(options, "message")
  const shown = [
    ...(expected === undefined ? [] : [`expected: ${emit(expected)}`]),
    ...(Node.isArrowFunction(message) ? [`message: ${emit(message.getBody())}`] : [])
  ]
  return shown.length === 0 ? "" : `, { ${shown.join(", ")} }`
}

const transform: CallRule = (call, [from, to, options], context) => {
  const decode = property(options, "decode")
  const encode = property(options, "encode")
  if (from === undefined || to === undefined || decode === undefined || encode === undefined) {
    return context.unknown(call, "Schema.transform is known with decode and encode as arrow functions")
  }
  const isStrict = property(options, "strict")?.getText() !== "false"
  const getter = (node: Node) => `${context.ref("effect/SchemaGetter", "transform")}(${context.emit(node)})`
  const functions = `{ decode: ${getter(decode)}, encode: ${getter(encode)} }${isStrict ? "" : " as never"}`
  return `${context.emit(from)}.pipe(${context.ref(schema, "decodeTo")}(${context.emit(to)}, ${functions}))`
}

/** Calls of `effect/Schema` whose arguments differ in Effect 4. */
export const schemaCalls: Readonly<Record<string, CallRule>> = {
  "effect/Schema.Literal": (_, args, context) =>
    args.length === 1 && !Node.isSpreadElement(args[0])
      ? `${context.ref(schema, "Literal")}(${context.emit(args[0]!)})`
      : `${context.ref(schema, "Literals")}(${list(args, context)})`,
  "effect/Schema.TemplateLiteral": (_, args, context) =>
    `${context.ref(schema, "TemplateLiteral")}(${list(args, context)})`,
  "effect/Schema.Union": (_, args, context) => `${context.ref(schema, "Union")}(${list(args, context)})`,
  "effect/Schema.between": (call, args, context) =>
    args.length === 2
      ? check(
          context,
          `${context.ref(schema, "isBetween")}({ minimum: ${context.emit(args[0]!)}, maximum: ${context.emit(args[1]!)} })`
        )
      : context.unknown(call, "its annotations are not known"),
  "effect/Schema.compose": (call, [to, options], context) => {
    const isLoose = options?.getText() === "{ strict: false }"
    if (to === undefined || (options !== undefined && !isLoose)) {
      return context.unknown(call, "Schema.compose is known in a pipe, with or without { strict: false }")
    }
    const passthrough = `, ${context.ref("effect/SchemaTransformation", "passthrough")}({ strict: false })`
    return `${context.ref(schema, "decodeTo")}(${context.emit(to)}${isLoose ? passthrough : ""})`
  },
  "effect/Schema.filter": (_, [predicate, options], context) =>
    check(context, `${context.ref(schema, "makeFilter")}(${context.emit(predicate!)}${annotations(options, context)})`),
  "effect/Schema.finite": (_, __, context) => check(context, `${context.ref(schema, "isFinite")}()`),
  "effect/Schema.nonNegative": comparison("isGreaterThanOrEqualTo", "0", "a non-negative number"),
  "effect/Schema.optionalWith": (call, [item, options], context) =>
    /^\{ exact: true \}$/.test(options?.getText() ?? "")
      ? `${context.ref(schema, "optionalKey")}(${context.emit(item!)})`
      : context.unknown(call, "only { exact: true } is known: use the helpers of internal/fields.ts"),
  "effect/Schema.pattern": (_, [pattern, options], context) =>
    check(context, `${context.ref(schema, "isPattern")}(${context.emit(pattern!)}${annotations(options, context)})`),
  "effect/Schema.positive": comparison("isGreaterThan", "0", "a positive number"),
  "effect/Schema.transform": transform,
  "effect/Schema.transformLiteral": (call, [from, to], context) =>
    from === undefined || to === undefined
      ? context.unknown(call, "Schema.transformLiteral of two is known")
      : `${context.ref(schema, "Literal")}(${context.emit(from)}).transform(${context.emit(to)})`
}
