import { Node } from "ts-morph"
import type { Rule } from "../engine/emit.js"

/** Effect 4 takes no instruction how to make values of a Schema: an annotation `arbitrary` goes, and what it alone was for. */
export const withoutArbitrary: Rule = (node, context) => {
  if (!Node.isCallExpression(node)) {
    return undefined
  }
  const callee = node.getExpression()
  const [annotations] = node.getArguments()
  if (
    !Node.isPropertyAccessExpression(callee) ||
    callee.getName() !== "annotations" ||
    !Node.isObjectLiteralExpression(annotations) ||
    annotations.getProperty("arbitrary") === undefined
  ) {
    return undefined
  }
  return annotations.getProperties().length === 1
    ? context.emit(callee.getExpression())
    : context.unknown(node, "annotations with `arbitrary` and others: give `arbitrary` in a call of its own")
}

/** The tags of an Either have other names in Effect 4, and a text alone does not say what it is compared with. */
export const eitherTags: Rule = (node, context) =>
  Node.isStringLiteral(node) && /^(Left|Right)$/.test(node.getLiteralValue())
    ? context.unknown(node, `"${node.getLiteralValue()}": ask Either.isLeft or Either.isRight instead`)
    : undefined
