import { Node } from "ts-morph"
import type { Rule } from "../engine/emit.js"

/** `Context.Tag(id)<Self, Service>()` is `Context.Service<Self, Service>()(id)`, in a call and in `extends`. */
export const tags: Rule = (node, context) => {
  if (!Node.isCallExpression(node)) {
    return undefined
  }
  const inner = node.getExpression()
  if (!Node.isCallExpression(inner)) {
    return undefined
  }
  const reference = context.referenceOf(inner.getExpression())
  if (reference?.module !== "effect/Context" || reference.path.join(".") !== "Tag") {
    return undefined
  }
  const types = context.emitList(node.getTypeArguments())
  const id = context.emitList(inner.getArguments())
  return `${context.ref("effect/Context", "Service")}<${types}>()(${id})`
}
