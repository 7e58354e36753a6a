import type { InvalidOptions } from "@effect-wechat/plugin-manager"
import { createRequire } from "node:module"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Config, type ConfigError, type Layer, Redacted } from "effect"
import { describe, expectTypeOf, it } from "vitest"
import type sdk from "wx-server-sdk"

const { layer, layerConfig } = CloudTransport
const secretKey = Redacted.make("key")
declare const cloud: typeof sdk

// never run: what matters is that it compiles, or does not
const compiles = () => {
  const untyped = createRequire(import.meta.url)("wx-server-sdk")
  layer({ cloud })
  layer({ cloud: untyped })
  layer({ cloud: { openapi: untyped.openapi as Record<string, unknown> } })
  layer({ cloud: () => cloud })
  layer({ cloud: () => untyped })
  layer({ cloud: () => import("wx-server-sdk") })
  layer({ cloud: () => import("wx-server-sdk").then((module) => module.default) })
  layer({ cloud, init: {} })
  layer({ cloud, init: { env: cloud.DYNAMIC_CURRENT_ENV, timeout: "1 second", serviceUrl: "http://127.0.0.1/admin" } })
  layer({ cloud, init: { secretId: "id", secretKey } })
  layer({ cloud, init: { secretId: "id", secretKey, sessionToken: Redacted.make("token") } })
  layer({ cloud, credentials: "preset", appid: "wx1", timeout: 2000 })
  layer({ cloud, init: undefined, credentials: undefined, appid: undefined, timeout: undefined })

  // @ts-expect-error an id without its key
  layer({ cloud, init: { secretId: "id" } })
  // @ts-expect-error a key without its id
  layer({ cloud, init: { secretKey } })
  // @ts-expect-error a session token without keys
  layer({ cloud, init: { sessionToken: Redacted.make("token") } })
  // @ts-expect-error a key that is not Redacted
  layer({ cloud, init: { secretId: "id", secretKey: "key" } })
  // @ts-expect-error no SDK
  layer({})
  // @ts-expect-error not an SDK
  layer({ cloud: { call: () => {} } })
  // @ts-expect-error a word of no meaning
  layer({ cloud, credentials: "env" })

  const env = Config.string("ENV")
  expectTypeOf(layerConfig({ cloud, init: { env } })).toEqualTypeOf<
    Layer.Layer<Transport, InvalidOptions.InvalidOptions | ConfigError.ConfigError>
  >()
  layerConfig({ cloud: () => cloud, credentials: "preset", appid: env, timeout: Config.duration("T") })
  layerConfig({ cloud, init: { env, secretId: env, secretKey: Config.redacted("KEY") } })
  // @ts-expect-error an id without its key
  layerConfig({ cloud, init: { env, secretId: env } })
  // @ts-expect-error a key that is not Redacted
  layerConfig({ cloud, init: { secretId: env, secretKey: env } })
}

describe("types", () => {
  it("hold", () => {
    expectTypeOf(compiles).returns.toBeVoid()
    expectTypeOf(layer).returns.toEqualTypeOf<Layer.Layer<Transport, InvalidOptions.InvalidOptions>>()
  })
})
