import { Node } from "ts-morph"
import type { Rule } from "../engine/emit.js"
import { isEffect } from "../engine/references.js"
import { calls } from "./calls.js"
import { instances } from "./members.js"
import { toEffect4, translate } from "./translate.js"
import { types } from "./types.js"
import { values } from "./values.js"

/** A name from a module of Effect: its new name, once Effect 4 is known to export it. */
export const references: Rule = (node, context) => {
  const reference = context.referenceOf(node)
  if (reference === undefined) {
    return undefined
  }
  const { isType, module, path } = reference
  const name = `${module}.${path.join(".")}`
  if (Object.hasOwn(values, name) && !isType) {
    return values[name]?.(context)
  }
  if (Object.hasOwn(calls, name) && !isType) {
    return context.unknown(node, `${name} is only known as a call`)
  }
  if (Object.hasOwn(types, name) && isType) {
    return context.unknown(node, `${name} is only known with type arguments`)
  }
  const found = translate(context.effect4, module, path)
  if (typeof found === "string") {
    return context.unknown(node, `${name}: ${found}`)
  }
  if (Node.isIdentifier(node)) {
    return context.imports.named(found.module, found.member, node.getText(), isType)
  }
  return context.ref(found.module, found.member, isType)
}

/** The module of Effect that declares a symbol. */
const declaredIn = (node: Node): string | undefined => {
  const symbol = Node.isBindingElement(node)
    ? node
        .getParentOrThrow()
        .getType()
        .getProperty((node.getPropertyNameNode() ?? node.getNameNode()).getText())
    : node.getSymbol()
  for (const declaration of symbol?.getDeclarations() ?? []) {
    const match = /\/node_modules\/(effect|@effect\/[\w-]+)\/dist\/dts\/(.+)\.d\.ts$/.exec(
      declaration.getSourceFile().getFilePath()
    )
    if (match !== null) {
      return match[2] === "index" ? match[1] : `${match[1]}/${match[2]}`
    }
  }
  return undefined
}

const renamedMember = (node: Node, name: string): string | undefined => {
  const isRenamed = Object.values(instances).some((names) => Object.hasOwn(names, name))
  const module = isRenamed ? declaredIn(node) : undefined
  const names = module === undefined ? undefined : instances[module]
  return names !== undefined && Object.hasOwn(names, name) ? names[name] : undefined
}

/** A member of a value, such as `fiber.unsafePoll`, also where it is taken out of its object. */
export const memberNames: Rule = (node, context) => {
  if (Node.isPropertyAccessExpression(node)) {
    const name = renamedMember(node.getNameNode(), node.getName())
    return name === undefined
      ? undefined
      : `${context.emit(node.getExpression())}${node.hasQuestionDotToken() ? "?." : "."}${name}`
  }
  if (Node.isBindingElement(node)) {
    const own = node.getPropertyNameNode() ?? node.getNameNode()
    const name = renamedMember(node, own.getText())
    return name === undefined ? undefined : `${name}: ${node.getNameNode().getText()}`
  }
  if (Node.isPropertyAssignment(node)) {
    // an object that stands for a value of Effect, such as a Clock of a test, need not say so in its type
    const name = Object.hasOwn(instances["effect/Clock"] ?? {}, node.getName())
      ? instances["effect/Clock"]?.[node.getName()]
      : undefined
    return name === undefined ? undefined : `${name}: ${context.emit(node.getInitializerOrThrow())}`
  }
  return undefined
}

/** Modules that are named in a text, where imports are not written anew. */
export const moduleNames: Rule = (node, context) => {
  if (!Node.isStringLiteral(node)) {
    return undefined
  }
  const module = node.getLiteralValue()
  const parent = node.getParent()
  const isModule =
    Node.isExportDeclaration(parent) ||
    (Node.isLiteralTypeNode(parent) && Node.isImportTypeNode(parent.getParent())) ||
    (Node.isCallExpression(parent) && /^import$|^vi\.(do)?[mM]ock$/.test(parent.getExpression().getText()))
  if (!isModule || !isEffect(module)) {
    return undefined
  }
  return context.effect4.hasModule(toEffect4(module))
    ? JSON.stringify(toEffect4(module))
    : context.unknown(node, `Effect 4 has no module ${toEffect4(module)}`)
}
