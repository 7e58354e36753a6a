import { Node, type Type } from "ts-morph"
import type { Rule } from "../engine/emit.js"

/** WeChat's name of a field, by the type that `renamed` of `internal/fields.ts` gives it in Effect 3. */
const keyOf = (type: Type): string | undefined => {
  const isSignature = [type.getSymbol(), type.getAliasSymbol()].some((one) => one?.getName() === "PropertySignature")
  const key = isSignature ? type.getTypeArguments()[2] : undefined
  return key?.isStringLiteral() === true ? String(key.getLiteralValue()) : undefined
}

/** Effect 4 renames the fields of a whole Struct, and not each in its place. */
export const renamedFields: Rule = (node, context) => {
  if (!Node.isCallExpression(node)) {
    return undefined
  }
  const reference = context.referenceOf(node.getExpression())
  const [fields] = node.getArguments()
  if (reference?.path.join(".") !== "Struct" || !Node.isObjectLiteralExpression(fields)) {
    return undefined
  }
  const keys = fields.getProperties().flatMap((property) => {
    const name =
      Node.isPropertyAssignment(property) || Node.isShorthandPropertyAssignment(property) ? property : undefined
    const type = Node.isPropertyAssignment(name)
      ? name.getInitializerOrThrow().getType()
      : name?.getNameNode().getType()
    const key = type === undefined ? undefined : keyOf(type)
    return key === undefined ? [] : [`${name!.getName()}: ${JSON.stringify(key)}`]
  })
  return keys.length === 0
    ? undefined
    : `${context.ref("effect/Schema", "Struct")}(${context.emit(fields)}).pipe(${context.ref("effect/Schema", "encodeKeys")}({ ${keys.join(", ")} }))`
}
