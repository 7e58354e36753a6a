import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { Effect, Layer, PlatformError } from "effect"
import type { HttpClientError, HttpClientRequest } from "effect/http"
import { RateLimiter } from "effect/persistence"

interface HttpFailure {
  readonly kind: string
  readonly request: HttpClientRequest.HttpClientRequest
  /** of the reply, if it had begun */
  readonly status: number | undefined
}

export const httpFailure = ({ reason }: HttpClientError.HttpClientError): HttpFailure => ({
  kind: reason._tag.replace(/Error$/, ""),
  request: reason.request,
  status: "response" in reason ? reason.response.status : undefined
})

export const diskFull = PlatformError.systemError({
  _tag: "WriteZero",
  module: "FileSystem",
  method: "writeFileString",
  description: "ENOSPC"
})

/** A limiter that machines share in Redis. */
export const limiterInRedis = (url: string) =>
  RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreRedis()), Layer.provide(NodeRedis.layer({ url })))

/** A limiter whose store cannot be reached. */
export const limiterOut = (message: string) => {
  const reason = new RateLimiter.RateLimitStoreError({ message })
  const fail = () => Effect.fail(new RateLimiter.RateLimiterError({ reason }))
  const store = { fixedWindow: fail, tokenBucket: fail, adaptiveConsume: fail, adaptiveFeedback: fail }
  return Layer.provide(RateLimiter.layer, Layer.succeed(RateLimiter.RateLimiterStore, store))
}
