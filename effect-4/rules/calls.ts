import { type CallExpression, Node } from "ts-morph"
import type { CallRule, Context, Rule } from "../engine/emit.js"
import { loggers } from "./loggers.js"
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

/** Two schedules, also where the first comes by a pipe. */
const ofBoth =
  (member: string): CallRule =>
  (call, args, context) =>
    args.length === 2
      ? `${context.ref("effect/Schedule", member)}([${context.emitList(args)}])`
      : args.length === 1
        ? `(self) => ${context.ref("effect/Schedule", member)}([self, ${context.emit(args[0]!)}])`
        : context.unknown(call, "two schedules are known, or one in a pipe")

/** The list itself, where Effect 3 had a Chunk of it. */
const itself: CallRule = (call, [list], context) =>
  list === undefined ? context.unknown(call, "without an argument") : context.emit(list)

/** The list of those of a Cause, where Effect 3 had a Chunk. */
const reasons =
  (is: string, field: string): CallRule =>
  (call, [cause], context) =>
    cause === undefined
      ? context.unknown(call, "without a cause")
      : `${context.emit(cause)}.reasons.filter(${context.ref("effect/Cause", is)}).map((reason) => reason.${field})`

/** The two sides of an Either by their names in Effect 4. */
const sides: Readonly<Record<string, string>> = { onLeft: "onFailure", onRight: "onSuccess" }

export const calls: Readonly<Record<string, CallRule>> = {
  ...schemaCalls,
  ...loggers,
  "effect/Cause.defects": reasons("isDieReason", "defect"),
  "effect/Cause.failures": reasons("isFailReason", "error"),
  // the causes of errors are always shown
  "effect/Cause.pretty": (_, [cause], context) => `${context.ref("effect/Cause", "pretty")}(${context.emit(cause!)})`,
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
  "effect/Either.match": (call, args, context) => {
    const cases = args.at(-1)
    const shown = Node.isObjectLiteralExpression(cases)
      ? cases.getProperties().map((one) => {
          const name = Node.isPropertyAssignment(one) ? sides[one.getName()] : undefined
          const value = Node.isPropertyAssignment(one) ? one.getInitializerOrThrow() : one
          return name === undefined
            ? context.unknown(one, "onLeft and onRight are known")
            : `${name}: ${context.emit(value)}`
        })
      : [context.unknown(call, "Either.match is known with { onLeft, onRight }")]
    const before = args.slice(0, -1).map((one) => `${context.emit(one)}, `)
    return `${context.ref("effect/Result", "match")}(${before.join("")}{ ${shown.join(", ")} })`
  },
  "effect/Effect.dieMessage": (call, [message], context) =>
    message === undefined
      ? context.unknown(call, "without a message")
      : `${context.ref("effect/Effect", "die")}(new Error(${context.emit(message)}))`,
  "effect/Effect.gen": (_, args, context) =>
    args.length === 2 && args[0]?.getText() === "this"
      ? `${context.ref("effect/Effect", "gen")}({ self: this }, ${context.emit(args[1]!)})`
      : undefined,
  "effect/Effect.timeoutFail": (call, [options], context) => {
    const [duration, onTimeout] = Node.isObjectLiteralExpression(options) ? options.getProperties() : []
    if (
      !Node.isPropertyAssignment(onTimeout) ||
      onTimeout.getName() !== "onTimeout" ||
      call.getArguments().length !== 1
    ) {
      return context.unknown(call, "Effect.timeoutFail is known with { duration, onTimeout: … } in a pipe")
    }
    const failure = `${context.ref("effect/Effect", "failSync")}(${context.emit(onTimeout.getInitializerOrThrow())})`
    return `${context.ref("effect/Effect", "timeoutOrElse")}({ ${context.emit(duration!)}, orElse: () => ${failure} })`
  },
  "effect/Effect.withUnhandledErrorLogLevel": (call, [level], context) =>
    level?.getText() === "Option.none()"
      ? `${context.ref("effect/Effect", "provideService")}(${context.ref("effect/References", "UnhandledLogLevel")}, undefined)`
      : context.unknown(call, "only Option.none() is known"),
  "effect/Effect.withClock": (_, args, context) => provided(args, context, "effect/Clock", "Clock"),
  "effect/Effect.withConfigProvider": (_, args, context) =>
    provided(args, context, "effect/ConfigProvider", "ConfigProvider"),
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
  "effect/Exit.getOrElse": (call, [exit, orElse], context) =>
    exit === undefined || orElse === undefined
      ? context.unknown(call, "Exit.getOrElse is known with two arguments")
      : `${context.ref("effect/Exit", "match")}(${context.emit(exit)}, { onFailure: ${context.emit(orElse)}, onSuccess: (value) => value })`,
  "effect/FiberRef.make": (call, [initial], context) => {
    const type = call.getReturnType().getTypeArguments()[0]?.getTypeArguments()[0]?.getText() ?? "unknown"
    const reference = `${context.ref("effect/Context", "Reference")}<${type}>("FiberRef", { defaultValue: () => ${context.emit(initial!)} })`
    return `${context.ref("effect/Effect", "succeed")}(${reference})`
  },
  "effect/Layer.fiberRefLocallyScopedWith": (_, [reference, change], context) =>
    `${context.ref("effect/Layer", "effect")}(${context.emit(reference!)}, ${context.ref("effect/Effect", "map")}(${context.emit(reference!)}, ${context.emit(change!)}))`,
  "effect/Layer.map": (_, [layer, change], context) => {
    const built = `${context.ref("effect/Layer", "build")}(${context.emit(layer!)})`
    return `${context.ref("effect/Layer", "effectContext")}(${context.ref("effect/Effect", "map")}(${built}, ${context.emit(change!)}))`
  },
  "effect/Layer.setTracer": (_, [tracer], context) =>
    `${context.ref("effect/Layer", "succeed")}(${context.ref("effect/Tracer", "Tracer")}, ${context.emit(tracer!)})`,
  "effect/Layer.setConfigProvider": (_, [provider], context) =>
    `${context.ref("effect/ConfigProvider", "layer")}(${context.emit(provider!)})`,
  "effect/Layer.setTracerEnabled": (_, [isEnabled], context) =>
    `${context.ref("effect/Layer", "succeed")}(${context.ref("effect/References", "TracerEnabled")}, ${context.emit(isEnabled!)})`,
  "effect/Schedule.intersect": ofBoth("max"),
  "effect/Schedule.upTo": (call, args, context) =>
    args.length === 1
      ? `${context.ref("effect/Schedule", "upTo")}({ duration: ${context.emit(args[0]!)} })`
      : context.unknown(call, "Schedule.upTo is known in a pipe"),
  "effect/Schedule.union": ofBoth("min"),
  "effect/Logger.withMinimumLogLevel": (_, args, context) =>
    provided(args, context, "effect/References", "MinimumLogLevel"),
  "@effect/platform/HttpIncomingMessage.withMaxBodySize": (call, args, context) => {
    const size = args.at(-1)
    if (!Node.isCallExpression(size) || nameOf(size, context) !== "effect/Option.some") {
      return context.unknown(call, "withMaxBodySize is known with Option.some(…)")
    }
    const bytes = `${context.ref("effect/ByteSize", "bytes")}(${context.emitList(size.getArguments())})`
    const limit = context.ref("effect/http/HttpIncomingMessage", "MaxBodySize")
    const shown = [...args.slice(0, -1).map(context.emit), limit, bytes]
    return `${context.ref("effect/Effect", "provideService")}(${shown.join(", ")})`
  },
  "effect/Random.fixed": (call, [values], context) =>
    Node.isArrayLiteralExpression(values) && values.getElements().length === 1
      ? `{ nextDoubleUnsafe: () => ${values.getElements()[0]!.getText()}, nextIntUnsafe: () => ${values.getElements()[0]!.getText()} }`
      : context.unknown(call, "Random.fixed is known with one value"),
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
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === "getFiberRef") {
    const [of] = node.getArguments()
    const reference = of === undefined ? undefined : context.referenceOf(of)
    return reference?.path.join(".") === "currentContext"
      ? `${context.emit(callee.getExpression())}.context`
      : undefined
  }
  if (Node.isPropertyAccessExpression(callee) && callee.getName() === "unsafePoll") {
    // Effect 3 had null for a fiber that runs
    return `(${context.emit(callee)}() ?? null)`
  }
  if (Node.isCallExpression(callee) && nameOf(callee, context) === "effect/Runtime.runFork") {
    return forked(node, callee, context)
  }
  if (Node.isCallExpression(callee) && nameOf(callee, context) === "effect/Config.literal") {
    const literals = `${context.ref("effect/Config", "Literals")}([${context.emitList(callee.getArguments())}]`
    return `${literals}, ${context.emitList(node.getArguments())})`
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
  const text = options?.getText()
  if (effect === undefined || !(text === undefined || text === "{ immediate: false }" || text === "{ scope }")) {
    return context.unknown(
      call,
      "Runtime.runFork is known without options, with { immediate: false } and with { scope }"
    )
  }
  if (text === "{ scope }") {
    return `${context.ref("effect/Fiber", "runIn")}(${run}(${context.emit(effect)}), scope)`
  }
  return options === undefined
    ? `${run}(${context.emit(effect)})`
    : `${run}(${context.ref("effect/Effect", "andThen")}(${context.ref("effect/Effect", "yieldNow")}, ${context.emit(effect)}))`
}
