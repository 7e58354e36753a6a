import { type CallExpression, Node } from "ts-morph"
import type { CallRule, Context, Rule } from "../engine/emit.js"
import { schemaCalls } from "./schemaCalls.js"

const asIs =
  (module: string, member: string): CallRule =>
  (call, args, context) =>
    `${context.ref(module, member)}${typeArguments(call, context)}(${context.emitList(args)})`

const typeArguments = (call: CallExpression, { emitList }: Context): string => {
  const types = call.getTypeArguments()
  return types.length === 0 ? "" : `<${emitList(types)}>`
}

/** Effect 4 takes only a Duration where Effect 3 took all that stands for one. */
const durations =
  (member: string): CallRule =>
  (_, args, context) => {
    const shown = args.map((arg) =>
      arg.getType().getProperty("value") !== undefined && arg.getType().getSymbol()?.getName() === "Duration"
        ? context.emit(arg)
        : `${context.ref("effect/Duration", "fromInputUnsafe")}(${context.emit(arg)})`
    )
    return `${context.ref("effect/Duration", member)}(${shown.join(", ")})`
  }

/** The list itself, where Effect 3 had a Chunk of it. */
const itself: CallRule = (call, [list], context) =>
  list === undefined ? context.unknown(call, "without an argument") : context.emit(list)

export const calls: Readonly<Record<string, CallRule>> = {
  ...schemaCalls,
  "effect/Chunk.unsafeFromArray": itself,
  "effect/Chunk.toReadonlyArray": itself,
  "effect/ConfigProvider.fromMap": (call, [map], context) =>
    map === undefined
      ? context.unknown(call, "without a map")
      : `${context.ref("effect/ConfigProvider", "fromUnknown")}(Object.fromEntries(${context.emit(map)}))`,
  "effect/Deferred.unsafeMake": (call, _, context) =>
    `${context.ref("effect/Deferred", "makeUnsafe")}${typeArguments(call, context)}()`,
  "effect/Duration.max": durations("max"),
  "effect/Duration.min": durations("min"),
  "effect/Duration.sum": durations("sum"),
  "effect/Effect.dieMessage": (call, [message], context) =>
    message === undefined
      ? context.unknown(call, "without a message")
      : `${context.ref("effect/Effect", "die")}(new Error(${context.emit(message)}))`,
  "effect/Effect.withClock": (_, args, context) => provided(args, context, "effect/Clock", "Clock"),
  "effect/Effect.withRandom": (_, args, context) => {
    const random = args.at(-1)
    return Node.isCallExpression(random) && nameOf(random, context) === "effect/Random.make"
      ? `${context.ref("effect/Random", "withSeed")}(${context.emitList([...args.slice(0, -1), ...random.getArguments()])})`
      : provided(args, context, "effect/Random", "Random")
  },
  "effect/Effect.withSpan": (_, args, context) => {
    const options = args[1]
    const trace = Node.isObjectLiteralExpression(options) ? options.getProperty("captureStackTrace") : undefined
    if (trace === undefined || !Node.isObjectLiteralExpression(options) || args.length !== 2) {
      return undefined
    }
    const rest = options.getProperties().filter((property) => property !== trace)
    const texts = rest.map(context.emit).join(", ")
    return `${context.ref("effect/Effect", "withSpan")}(${context.emit(args[0]!)}, { ${texts} }, { ${trace.getText()} })`
  },
  "effect/Effect.yieldNow": (_, __, context) => context.ref("effect/Effect", "yieldNow"),
  "effect/FiberRef.make": (call, [initial], context) => {
    const type = call.getReturnType().getTypeArguments()[0]?.getTypeArguments()[0]?.getText() ?? "unknown"
    const reference = `${context.ref("effect/Context", "Reference")}<${type}>("FiberRef", { defaultValue: () => ${context.emit(initial!)} })`
    return `${context.ref("effect/Effect", "succeed")}(${reference})`
  },
  "effect/Layer.setConfigProvider": (_, [provider], context) =>
    `${context.ref("effect/ConfigProvider", "layer")}(${context.emit(provider!)})`,
  "effect/Layer.setTracerEnabled": (_, [isEnabled], context) =>
    `${context.ref("effect/Layer", "succeed")}(${context.ref("effect/References", "TracerEnabled")}, ${context.emit(isEnabled!)})`,
  "effect/Schedule.intersect": (call, args, context) =>
    args.length === 2
      ? `${context.ref("effect/Schedule", "max")}([${context.emitList(args)}])`
      : args.length === 1
        ? `(self) => ${context.ref("effect/Schedule", "max")}([self, ${context.emit(args[0]!)}])`
        : context.unknown(call, "Schedule.intersect of one or two is known"),
  "effect/Runtime.runFork": asIs("effect/Effect", "runForkWith")
}

const provided = (args: ReadonlyArray<Node>, context: Context, module: string, member: string) => {
  const shown = [...args.slice(0, -1).map(context.emit), context.ref(module, member), context.emit(args.at(-1)!)]
  return `${context.ref("effect/Effect", "provideService")}(${shown.join(", ")})`
}

const nameOf = (call: CallExpression, context: Context): string | undefined => {
  const reference = context.referenceOf(call.getExpression())
  return reference && `${reference.module}.${reference.path.join(".")}`
}

export const callShapes: Rule = (node, context) => {
  if (!Node.isCallExpression(node)) {
    return undefined
  }
  const callee = node.getExpression()
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === "unsafeInterruptAsFork") {
    return `${context.emit(callee.getExpression())}${callee.hasQuestionDotToken() ? "?." : "."}interruptUnsafe()`
  }
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === "unsafePoll") {
    // Effect 3 had null for a fiber that runs
    return `(${context.emit(callee)}() ?? null)`
  }
  if (Node.isCallExpression(callee) && nameOf(callee, context) === "effect/Runtime.runFork") {
    return forked(node, callee, context)
  }
  const name = nameOf(node, context)
  const rule = name !== undefined && Object.hasOwn(calls, name) ? calls[name] : undefined
  return rule?.(node, node.getArguments(), context) ?? (rule === undefined ? undefined : plainCall(node, context))
}

/** A call that a rule leaves as it is: its callee has a rule, so it is not for `references`. */
const plainCall = (call: CallExpression, context: Context): string => {
  const { module, path } = context.referenceOf(call.getExpression())!
  return asIs(module, path.join("."))(call, call.getArguments(), context)!
}

/** `runForkWith` starts at once; what was not immediate in Effect 3 yields first. */
const forked = (call: CallExpression, callee: CallExpression, context: Context): string => {
  const [effect, options] = call.getArguments()
  const run = context.emit(callee)
  if (effect === undefined || (options !== undefined && options.getText() !== "{ immediate: false }")) {
    return context.unknown(call, "Runtime.runFork is known without options and with { immediate: false }")
  }
  return options === undefined
    ? `${run}(${context.emit(effect)})`
    : `${run}(${context.ref("effect/Effect", "andThen")}(${context.ref("effect/Effect", "yieldNow")}, ${context.emit(effect)}))`
}
