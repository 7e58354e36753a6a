/** Modules of Effect 3 that Effect 4 has under another name. A module that is not here keeps its name, and must exist. */
export const modules: Readonly<Record<string, string>> = {
  "effect/ConfigError": "effect/Config",
  "effect/Either": "effect/Result",
  "effect/FastCheck": "fast-check",
  "effect/FiberRef": "effect/References",
  "effect/Runtime": "effect/Context",
  "effect/TestClock": "effect/testing/TestClock",
  "@effect/experimental/RateLimiter": "effect/persistence/RateLimiter",
  "@effect/platform/Error": "effect/PlatformError",
  "@effect/platform/FetchHttpClient": "effect/http/FetchHttpClient",
  "@effect/platform/FileSystem": "effect/FileSystem",
  "@effect/platform/Headers": "effect/http/Headers",
  "@effect/platform/HttpBody": "effect/http/HttpBody",
  "@effect/platform/HttpClient": "effect/http/HttpClient",
  "@effect/platform/HttpClientError": "effect/http/HttpClientError",
  "@effect/platform/HttpClientRequest": "effect/http/HttpClientRequest",
  "@effect/platform/HttpClientResponse": "effect/http/HttpClientResponse",
  "@effect/platform/HttpIncomingMessage": "effect/http/HttpIncomingMessage",
  "@effect/platform/HttpMethod": "effect/http/HttpMethod",
  "@effect/platform/HttpRouter": "effect/http/HttpRouter",
  "@effect/platform/HttpServer": "effect/http/HttpServer",
  "@effect/platform/HttpServerRequest": "effect/http/HttpServerRequest",
  "@effect/platform/HttpServerResponse": "effect/http/HttpServerResponse",
  "@effect/platform/Path": "effect/Path",
  "@effect/platform/UrlParams": "effect/http/UrlParams"
}

/** The modules that export other modules as namespaces. */
export const indexes: ReadonlyArray<string> = [
  "effect",
  "@effect/experimental",
  "@effect/opentelemetry",
  "@effect/platform",
  "@effect/platform-node"
]

/** What an index exports besides namespaces, with the module that has it. */
export const namedInIndexes: Readonly<Record<string, string>> = {
  "effect.pipe": "effect/Function",
  "effect.identity": "effect/Function"
}
