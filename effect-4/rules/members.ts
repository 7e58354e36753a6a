/** Exports of a module of Effect 3 by their new names: `name` of the same module, or `module:name` of another. */
export const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "@effect/platform-node/NodeHttpClient": {
    layer: "layerNodeHttp"
  },
  "@effect/platform/HttpClientRequest": {
    bodyUnsafeJson: "bodyJsonUnsafe"
  },
  "@effect/platform/Headers": {
    currentRedactedNames: "CurrentRedactedNames"
  },
  "effect/Cause": {
    failureOption: "findErrorOption",
    isEmptyType: "isEmpty",
    isDie: "hasDies",
    isInterrupted: "hasInterrupts",
    isInterruptedOnly: "hasInterruptsOnly"
  },
  "effect/Clock": {
    // the wall clock in Effect 4
    currentTimeNanos: "monotonicTimeNanos"
  },
  "effect/Config": {
    "Config.Wrap": "Wrap",
    boolean: "Boolean",
    duration: "Duration",
    integer: "Int",
    number: "Number",
    redacted: "Redacted",
    string: "String",
    url: "URL"
  },
  "effect/DateTime": {
    unsafeMake: "makeUnsafe"
  },
  "effect/Deferred": {
    unsafeDone: "doneUnsafe",
    unsafeMake: "makeUnsafe"
  },
  "effect/Duration": {
    DurationInput: "Input",
    decode: "fromInputUnsafe",
    decodeUnknown: "fromInput",
    greaterThan: "isGreaterThan",
    greaterThanOrEqualTo: "isGreaterThanOrEqualTo",
    lessThan: "isLessThan",
    lessThanOrEqualTo: "isLessThanOrEqualTo",
    unsafeToNanos: "toNanosUnsafe"
  },
  "effect/Effect": {
    "Effect.Context": "Services",
    "Effect.Error": "Error",
    "Effect.Success": "Success",
    async: "callback",
    catchAll: "catch",
    catchAllCause: "catchCause",
    catchAllDefect: "catchDefect",
    clock: "effect/Clock:Clock",
    either: "result",
    locally: "provideService",
    fork: "forkChild",
    forkDaemon: "forkDetach",
    makeSemaphore: "effect/Semaphore:make",
    mapInputContext: "updateContext",
    runtime: "context",
    unsafeMakeSemaphore: "effect/Semaphore:makeUnsafe",
    withFiberRuntime: "withFiber",
    tapErrorCause: "tapCause",
    zipLeft: "tap",
    zipRight: "andThen"
  },
  "effect/Either": {
    Either: "Result",
    getRight: "getSuccess",
    isLeft: "isFailure",
    isRight: "isSuccess",
    left: "fail",
    mapLeft: "mapError",
    right: "succeed"
  },
  "effect/Encoding": {
    decodeBase64: "effect/encoding/Base64:decode",
    encodeBase64: "effect/encoding/Base64:encode",
    encodeHex: "effect/encoding/Hex:encode"
  },
  "effect/Exit": {
    isInterrupted: "hasInterrupts"
  },
  "effect/Fiber": {
    RuntimeFiber: "Fiber"
  },
  "effect/FiberRef": {
    currentTracerEnabled: "TracerEnabled",
    get: "effect/Effect:service"
  },
  "effect/Layer": {
    "Layer.Context": "Services",
    "Layer.Error": "Error",
    "Layer.Success": "Success",
    scoped: "effect",
    scopedContext: "effectContext",
    scopedDiscard: "effectDiscard",
    unwrapEffect: "unwrap",
    unwrapScoped: "unwrap"
  },
  "effect/Logger": {
    jsonLogger: "formatJson",
    logfmtLogger: "formatLogFmt",
    stringLogger: "formatSimple"
  },
  "effect/ManagedRuntime": {
    "ManagedRuntime.Context": "ManagedRuntime.Services"
  },
  "effect/Option": {
    flatMapNullable: "flatMapNullishOr",
    fromNullable: "fromNullishOr"
  },
  "effect/ParseResult": {
    ParseError: "effect/Schema:SchemaError"
  },
  "effect/Predicate": {
    isRecord: "isReadonlyObject"
  },
  "effect/Random": {
    nextRange: "nextBetween"
  },
  "effect/Runtime": {
    Runtime: "Context",
    runFork: "effect/Effect:runForkWith",
    runPromise: "effect/Effect:runPromiseWith"
  },
  "effect/Schedule": {
    addDelayEffect: "addDelay",
    tapInput: "tap"
  },
  "effect/Schema": {
    "Schema.Any": "Constraint",
    "Schema.Encoded": "Codec.Encoded",
    DateTimeUtcFromSelf: "DateTimeUtc",
    JsonNumber: "Finite",
    Redacted: "RedactedFromValue",
    RedactedFromSelf: "Redacted",
    Uint8ArrayFromSelf: "Uint8Array",
    annotations: "annotate",
    asSchema: "revealCodec",
    decode: "decodeEffect",
    decodeEither: "decodeResult",
    decodeUnknown: "decodeUnknownEffect",
    decodeUnknownEither: "decodeUnknownResult",
    encode: "encodeEffect",
    encodeEither: "encodeResult",
    encodeUnknownEither: "encodeUnknownResult",
    encodedBoundSchema: "toEncoded",
    encodedSchema: "toEncoded",
    equivalence: "toEquivalence",
    typeSchema: "toType"
  },
  "effect/TestClock": {
    currentTimeMillis: "effect/Clock:currentTimeMillis"
  },
  "effect/TestServices": {
    provideLive: "effect/testing/TestClock:withLive"
  },
  "effect/Stream": {
    paginateChunkEffect: "paginate",
    runForEachChunk: "runForEachArray"
  }
}

/** Members of the values and types that a module of Effect 3 declares, by their new names. */
export const instances: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "@effect/vitest": {
    scoped: "effect",
    scopedLive: "live"
  },
  "effect/Clock": {
    unsafeCurrentTimeMillis: "currentTimeMillisUnsafe",
    // what `currentTimeNanosUnsafe` tells in Effect 4 is the wall clock, which may be set back
    unsafeCurrentTimeNanos: "monotonicTimeNanosUnsafe"
  },
  "effect/Context": {
    unsafeMap: "mapUnsafe"
  },
  "effect/DateTime": {
    epochMillis: "epochMilliseconds"
  },
  "effect/Either": {
    left: "failure",
    right: "success"
  },
  "effect/Fiber": {
    getFiberRef: "getRef",
    unsafePoll: "pollUnsafe"
  },
  "effect/Schema": {
    annotations: "annotate"
  }
}
