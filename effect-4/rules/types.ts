import { Node, type TypeReferenceNode } from "ts-morph"
import type { Context, Rule } from "../engine/emit.js"

type TypeRule = (node: TypeReferenceNode, args: ReadonlyArray<Node>, context: Context) => string

/** Types of Effect 3 whose arguments differ in Effect 4. */
export const types: Readonly<Record<string, TypeRule>> = {
  "effect/Context.Tag": (_, args, context) =>
    `${context.ref("effect/Context", "Key", true)}<${context.emitList(args)}>`,
  "effect/Schedule.Schedule": (_, args, context) =>
    `${context.ref("effect/Schedule", "Schedule", true)}<${context.emitList(args.slice(0, 2))}${
      args.length === 3 ? `, never, ${context.emit(args[2]!)}` : ""
    }>`,
  "effect/Schema.Schema": (_, args, context) =>
    `${context.ref("effect/Schema", "Codec", true)}<${context.emitList(args)}>`,
  "effect/Schema.Literal": (_, args, context) =>
    Node.isTupleTypeNode(args[0])
      ? `${context.ref("effect/Schema", "Literals", true)}<${context.emitList(args)}>`
      : `${context.ref("effect/Schema", "Literal", true)}<${context.emitList(args)}>`,
  "effect/Schema.optionalWith": (node, [schema, options], context) =>
    schema !== undefined && /^\{ exact: true;? \}$/.test(options?.getText() ?? "")
      ? `${context.ref("effect/Schema", "optionalKey", true)}<${context.emit(schema)}>`
      : context.unknown(node, "only optionalWith<…, { exact: true }> is known: use the helpers of internal/fields.ts")
}

export const typeReferences: Rule = (node, context) => {
  if (!Node.isTypeReference(node) || node.getTypeArguments().length === 0) {
    return undefined
  }
  const reference = context.referenceOf(node.getTypeName())
  const name = reference && `${reference.module}.${reference.path.join(".")}`
  return name !== undefined && Object.hasOwn(types, name)
    ? types[name]?.(node, node.getTypeArguments(), context)
    : undefined
}
