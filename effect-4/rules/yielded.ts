import { Node, SyntaxKind, type Type } from "ts-morph"
import type { Context, Rule } from "../engine/emit.js"

/** What was an Effect of itself in Effect 3, with the function that makes one of it. */
const conversions: Readonly<Record<string, string>> = {
  Either: "effect/Effect.fromResult",
  Left: "effect/Effect.fromResult",
  Right: "effect/Effect.fromResult",
  Option: "effect/Effect.fromOption",
  Fiber: "effect/Fiber.join",
  RuntimeFiber: "effect/Fiber.join",
  Deferred: "effect/Deferred.await",
  FiberRef: "effect/Effect.service"
}

const nameOf = (type: Type): string | undefined => {
  const one = type.isUnion() ? type.getUnionTypes()[0] : type
  const symbol = one?.getSymbol()
  const file = symbol?.getDeclarations()[0]?.getSourceFile().getFilePath() ?? ""
  return /\/node_modules\/effect\/dist\/dts\//.test(file) ? symbol?.getName() : undefined
}

const isEffect = (type: Type | undefined): boolean => type !== undefined && nameOf(type) === "Effect"

/** Whether what a node yields goes to `Either.gen`, which takes an Either in Effect 4 as well. */
const isInEither = (node: Node, context: Context): boolean => {
  const call = node.getFirstAncestorByKind(SyntaxKind.FunctionExpression)?.getParent()
  const reference = Node.isCallExpression(call) ? context.referenceOf(call.getExpression()) : undefined
  return reference?.module === "effect/Either" && reference.path.join(".") === "gen"
}

const seen = new WeakSet<Node>()

/** An Either, an Option or a Fiber that is used as an Effect, by its type. */
export const yielded: Rule = (node, context) => {
  const parent = node.getParent()
  if (parent === undefined || seen.has(node) || !Node.isExpression(node)) {
    return undefined
  }
  const isYielded = Node.isYieldExpression(parent) && parent.getExpression() === node
  const isPassed =
    Node.isCallExpression(parent) &&
    parent.getArguments().some((argument) => argument === node) &&
    !Node.isArrowFunction(node) &&
    isEffect(context.contextualType(node))
  if ((!isYielded && !isPassed) || (isYielded && isInEither(node, context))) {
    return undefined
  }
  const name = nameOf(node.getType())
  const conversion = name === undefined || !Object.hasOwn(conversions, name) ? undefined : conversions[name]
  if (conversion === undefined) {
    return undefined
  }
  seen.add(node)
  const [module = "", member = ""] = conversion.split(".")
  return `${context.ref(module, member)}(${context.emit(node)})`
}
