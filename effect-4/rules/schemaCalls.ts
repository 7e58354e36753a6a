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

/** The names of an object's properties; `undefined` for what is not written as an object with plain properties. */
const namesOf = (options: Node): ReadonlyArray<string> | undefined => {
  const properties = Node.isObjectLiteralExpression(options) ? options.getProperties() : []
  const names = properties.flatMap((one) => (Node.isPropertyAssignment(one) ? [one.getName()] : []))
  return names.length === 0 || names.length < properties.length ? undefined : names
}

type Annotation = (value: Node, context: Context) => string | undefined

/** `arbitrary` is written for FastCheck, which Effect 4 has not. */
const known: Readonly<Record<string, Annotation>> = {
  arbitrary: () => "",
  description: (value, { emit }) => `expected: ${emit(value)}`,
  message: (value, { emit }) =>
    Node.isArrowFunction(value) && value.getParameters().length === 0 ? `message: ${emit(value.getBody())}` : undefined,
  title: (value, { emit }) => `title: ${emit(value)}`
}

/** What Effect 4 takes for the annotations of a filter, as its last argument. */
const annotations = (options: Node | undefined, context: Context): ReadonlyArray<string> => {
  if (options === undefined) {
    return []
  }
  const shown = namesOf(options)?.map((name) =>
    Object.hasOwn(known, name) ? known[name]?.(property(options, name)!, context) : undefined
  )
  if (shown === undefined || shown.includes(undefined)) {
    return [context.unknown(options, `of the options of a filter, ${Object.keys(known).join(", ")} are known`)]
  }
  const texts = shown.filter((text) => text !== "")
  return texts.length === 0 ? [] : [`{ ${texts.join(", ")} }`]
}

/** A filter with what its rule makes of its first arguments, and with its annotations. */
const filter =
  (member: string, takes: 0 | 1): CallRule =>
  (call, args, context) =>
    args.length < takes || args.length > takes + 1
      ? context.unknown(call, "with another number of arguments than is known")
      : check(
          context,
          `${context.ref(schema, member)}(${[...args.slice(0, takes).map(context.emit), ...annotations(args[takes], context)].join(", ")})`
        )

const transform: CallRule = (call, [from, to, options], context) => {
  const decode = property(options, "decode")
  const encode = property(options, "encode")
  const others = options === undefined ? [] : namesOf(options)?.filter((name) => !/^(decode|encode|strict)$/.test(name))
  if (from === undefined || to === undefined || !decode || !encode || others?.length !== 0) {
    return context.unknown(call, "Schema.transform is known with decode, encode and strict")
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
  "effect/Schema.filter": filter("makeFilter", 1),
  "effect/Schema.finite": filter("isFinite", 0),
  "effect/Schema.nonNegative": comparison("isGreaterThanOrEqualTo", "0", "a non-negative number"),
  "effect/Schema.optionalWith": (call, [item, options], context) =>
    /^\{ exact: true \}$/.test(options?.getText() ?? "")
      ? `${context.ref(schema, "optionalKey")}(${context.emit(item!)})`
      : context.unknown(call, "only { exact: true } is known: use the helpers of internal/fields.ts"),
  "effect/Schema.pattern": filter("isPattern", 1),
  "effect/Schema.positive": comparison("isGreaterThan", "0", "a positive number"),
  "effect/Schema.validate": (call, args, context) =>
    args.length === 1
      ? `${context.ref(schema, "decodeUnknownEffect")}(${context.ref(schema, "toType")}(${context.emit(args[0]!)}))`
      : context.unknown(call, "Schema.validate of a Schema alone is known"),
  "effect/Schema.Record": (call, [options], context) => {
    const [key, value] = [property(options, "key"), property(options, "value")]
    return key === undefined || value === undefined
      ? context.unknown(call, "Schema.Record is known with { key, value }")
      : `${context.ref(schema, "Record")}(${context.emit(key)}, ${context.emit(value)})`
  },
  "effect/Schema.standardSchemaV1": (call, [item, options, ...others], context) =>
    item === undefined || others.length > 0
      ? context.unknown(call, "Schema.standardSchemaV1 of a Schema is known, with or without options")
      : `${context.ref(schema, "toStandardSchemaV1")}(${context.emit(item)}${options === undefined ? "" : `, { parseOptions: ${context.emit(options)} }`})`,
  "effect/Schema.transform": transform,
  "effect/Schema.transformLiteral": (call, [from, to, ...others], context) =>
    from === undefined || to === undefined || others.length > 0
      ? context.unknown(call, "Schema.transformLiteral of two is known")
      : `${context.ref(schema, "Literal")}(${context.emit(from)}).transform(${context.emit(to)})`
}
