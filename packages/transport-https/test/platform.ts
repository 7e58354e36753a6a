import { Error as PlatformError, type HttpClientError, type HttpClientRequest } from "@effect/platform"
import { RateLimiter } from "@effect/experimental"
import * as RateLimiterRedis from "@effect/experimental/RateLimiter/Redis"
import { Effect, Layer } from "effect"

interface HttpFailure {
  readonly kind: string
  readonly request: HttpClientRequest.HttpClientRequest
  /** of the reply, if it had begun */
  readonly status: number | undefined
}

export const httpFailure = (error: HttpClientError.HttpClientError): HttpFailure => ({
  kind: error.reason,
  request: error.request,
  status: error._tag === "ResponseError" ? error.response.status : undefined
})

export const diskFull = new PlatformError.SystemError({
  reason: "WriteZero",
  module: "FileSystem",
  method: "writeFileString",
  description: "ENOSPC"
})

/** A limiter that machines share in Redis. */
export const limiterInRedis = (url: string) =>
  Layer.provide(RateLimiter.layer, RateLimiterRedis.layerStore({ host: "127.0.0.1", port: Number(new URL(url).port) }))

/** A limiter whose store cannot be reached. */
export const limiterOut = (message: string) => {
  const fail = () => Effect.fail(new RateLimiter.RateLimitStoreError({ message }))
  const store = Layer.succeed(RateLimiter.RateLimiterStore, { fixedWindow: fail, tokenBucket: fail })
  return Layer.provide(RateLimiter.layer, store)
}
