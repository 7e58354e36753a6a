import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { Redis } from "ioredis"
import { type TokenStore, TokenStoreError } from "../../TokenStore.js"

const removeIf = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) else return 0 end`

const lease = `local owner = redis.call("get", KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call("set", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`

/** ioredis puts the command, and with it the token, into its errors: only a code or the first word of Redis's reply is taken from them. */
const describe = (cause: unknown): string => {
  const { code, message }: { readonly code?: unknown; readonly message?: unknown } = Object(cause)
  const word = /^(?:[A-Z]{2,}(?= )|Command timed out|Connection is closed)/.exec(String(message))?.[0]
  return typeof code === "string" ? code : (word ?? "Redis cannot be reached")
}

const ask = <A>(operation: TokenStoreError["operation"], run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: (cause) => new TokenStoreError({ operation, description: describe(cause) }) })

const patience = 1000

/** It never queues: Redis must not perform a command later, when nobody wants it any more. */
const start = (url: string) => {
  const client = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: patience,
    commandTimeout: patience,
    retryStrategy: (times) => Math.min(times * 50, 2000)
  })
  // without a listener it prints them
  client.on("error", () => {})
  return client
}

export const connect = Effect.fnUntraced(function* (url: string) {
  const description =
    "the url must be like redis://:password@host:6379, or rediss: for TLS, the password percent-encoded"
  const invalid = new TokenStoreError({ operation: "connect", description })
  if (!/^rediss?:\/\//.test(url)) {
    return yield* invalid
  }
  const client = yield* Effect.acquireRelease(
    // what it throws contains the url, and with it the password
    Effect.try({ try: () => start(url), catch: () => invalid }),
    (client) => Effect.sync(() => client.disconnect())
  )
  // it goes on trying by itself
  yield* Effect.ignore(ask("connect", () => client.connect()))
  return client
})

export const over = (client: Redis, prefix = "effect-wechat:"): TokenStore.Service => {
  const millis = (timeToLive: Duration.Duration) => Math.max(1, Math.ceil(Duration.toMillis(timeToLive)))
  const leaseOf = (key: string) => `${prefix}${key}:lease`

  return {
    get: (key) =>
      Effect.map(
        ask("get", () => client.get(prefix + key)),
        (value) => Option.map(Option.fromNullable(value), (text) => Redacted.make(text))
      ),
    set: (key, value, timeToLive) =>
      Effect.asVoid(ask("set", () => client.set(prefix + key, Redacted.value(value), "PX", millis(timeToLive)))),
    removeIf: (key, value) =>
      Effect.asVoid(ask("removeIf", () => client.eval(removeIf, 1, prefix + key, Redacted.value(value)))),
    lease: (key, owner, timeToLive) =>
      Effect.map(
        ask("lease", () => client.eval(lease, 1, leaseOf(key), owner, millis(timeToLive))),
        (taken) => taken === 1
      ),
    release: (key, owner) => Effect.asVoid(ask("release", () => client.eval(removeIf, 1, leaseOf(key), owner)))
  }
}
