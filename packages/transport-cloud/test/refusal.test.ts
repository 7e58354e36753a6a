import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either } from "effect"
import { replies } from "./refusals.js"
import { api, call, CloudSDKError, fake, sdkError, throwing } from "./support.js"

const attempt = (thrown: unknown) => Effect.either(call({ cloud: throwing(thrown), credentials: "preset" }))

type Failure = readonly [string, unknown, WechatTransportError["reason"], description: RegExp]

const failures: ReadonlyArray<Failure> = [
  [
    "HTTP 502",
    sdkError(
      -501001,
      `openapi.${api}:fail -501001 resource system error. 502 Bad Gateway | [https://e.tcb-api.tencentcloudapi.com/admin?env=e&seqId=1]`
    ),
    "status",
    /HTTP 502/
  ],
  [
    "HTTP 504, 3.0.4",
    sdkError(
      -501001,
      `openapi.${api}:fail -501001 resource system error.  504 Gateway Timeout | [https://e.com/admin?&eventId=1]`
    ),
    "status",
    /HTTP 504/
  ],
  [
    "a reset",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. read ECONNRESET`),
    "connection",
    /ECONNRESET/
  ],
  [
    "the other side closed",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. socket hang up`),
    "connection",
    /socket hang up/
  ],
  [
    "a reply cut short",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. aborted`),
    "connection",
    /aborted/
  ],
  [
    "refused",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. connect ECONNREFUSED 10.0.0.7:80`),
    "connection",
    /ECONNREFUSED\)$/
  ],
  [
    "no such host",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. getaddrinfo ENOTFOUND e.tencentcloudapi.com`),
    "connection",
    /ENOTFOUND\)$/
  ],
  [
    "a certificate",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. unable to verify the first certificate`),
    "connection",
    /certificate/
  ],
  [
    "the SDK's timeout",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. request timeout`),
    "timeout",
    /request timeout/
  ],
  [
    "its connect timeout",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. connect timeout`),
    "timeout",
    /connect timeout/
  ],
  [
    "its timeout, 3.0.4",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. ESOCKETTIMEDOUT`),
    "timeout",
    /ESOCKETTIMEDOUT/
  ],
  [
    "a connection's timeout, 2.0.4",
    sdkError(-501001, `openapi.${api}:fail Error: connect ETIMEDOUT 1.2.3.4:443; at openapi.${api} api; `),
    "timeout",
    /ETIMEDOUT/
  ],
  [
    "refused, 0.4.3",
    sdkError(-1, `openapi.${api}:fail Error: connect ECONNREFUSED 127.0.0.1:1; at openapi.${api} api; `),
    "connection",
    /ECONNREFUSED/
  ],
  ["HTTP 502, 0.4.3", sdkError(-1, `openapi.${api}:fail at openapi.${api} api; `), "body", /does not say why/],
  [
    "no protobuf",
    new CloudSDKError(-601001, `${api}:fail unknown wx response received: RangeError: index out of range: 3 + 60 > 40`),
    "body",
    /cannot read/
  ],
  [
    "no JSON in the protobuf",
    new CloudSDKError(
      -601001,
      `openapi.${api}:fail wechat server internal error, response body is invalid json: <html>a body</html>`
    ),
    "body",
    /cannot read/
  ],
  [
    "JSON null",
    Object.assign(new TypeError(`openapi.${api}:fail Cannot read properties of null (reading 'errcode')`), {
      errCode: -1,
      errMsg: `openapi.${api}:fail Cannot read properties of null (reading 'errcode')`
    }),
    "body",
    /failed: Cannot read properties of null/
  ],
  [
    "not initialised",
    new CloudSDKError(
      -1,
      "Cloud API isn't enabled, please call init first\n请先调用 init 完成初始化后再调用其他云 API。init 方法可传入一个对象用于设置默认配置，详见文档。"
    ),
    "credential",
    /call cloud\.init .* or pass `init`/
  ],
  [
    "no keys, 3.0.4",
    sdkError(-501007, `openapi.${api}:fail -501007 invalid parameters. missing secretId or secretKey of tencent cloud`),
    "credential",
    /TENCENTCLOUD_SECRETID/
  ],
  [
    "no keys, 2.0.4",
    sdkError(
      -501001,
      `openapi.${api}:fail Error: missing secretId or secretKey of tencent cloud; at openapi.${api} api; `
    ),
    "credential",
    /TENCENTCLOUD_SECRETID/
  ],
  // its list is lost with it, so it must not pass for an empty one
  [
    'an errcode "0" that the SDK takes for an error',
    new CloudSDKError("0", `openapi.${api}:fail ok`),
    "body",
    /failed: ok/
  ],
  ["a code that is none", sdkError("E_X", "what"), "body", /failed: what/],
  ["an Error", new Error("oops https://example.com/?token=1 \n happened"), "body", /failed: oops <url> happened$/],
  ["a very long text", new Error("x".repeat(10_000)), "body", /^.{200,260}$/],
  ["a string", "oops", "body", /failed: oops/],
  ["undefined", undefined, "body", /does not say why/],
  ["null", null, "body", /does not say why/],
  ["a number", 42, "body", /does not say why/],
  ["an object without prototype", Object.create(null), "body", /does not say why/],
  [
    "an object that throws",
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("trap")
        }
      }
    ),
    "body",
    /does not say why/
  ]
]

describe("what the SDK throws", () => {
  describe("is a reply", () => {
    it.effect.each(replies)("%s", ([, thrown, expected]) =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* attempt(thrown), expected)
      })
    )
  })

  describe("is no reply", () => {
    it.effect.each(failures)("%s", ([, thrown, reason, description]) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(call({ cloud: throwing(thrown), credentials: "preset" }))
        assert.strictEqual(error._tag, "WechatTransportError")
        assert.strictEqual(error.api, api)
        assert.strictEqual(error.reason, reason)
        assert.match(error.description, description)
        assert.strictEqual(error.isRetryable, reason !== "credential")
        assert.notMatch(error.description, /:\/\/|<html>|10\.0\.0\.7/)
        assert.strictEqual(error.cause, undefined)
      })
    )
  })

  it.effect("also when it throws before there is a promise", () =>
    Effect.gen(function* () {
      const cloud = fake(() => {
        throw new CloudSDKError(-1, "Cloud API isn't enabled, please call init first\n请先调用 init")
      })
      const error = yield* Effect.flip(call({ cloud, credentials: "preset" }))
      assert.strictEqual(error.reason, "credential")
    })
  )

  it.effect("an HTTP status of the gateway is retryable only if it may pass", () =>
    Effect.gen(function* () {
      for (const [status, isRetryable] of [
        [400, false],
        [401, false],
        [403, false],
        [404, false],
        [408, true],
        [429, true],
        [500, true],
        [502, true]
      ] as const) {
        const text = `openapi.${api}:fail -501001 resource system error. ${status} Some Text | [https://e.com/admin]`
        const outcome = yield* attempt(sdkError(-501001, text))
        assert.isTrue(Either.isLeft(outcome))
        assert.deepInclude(Either.isLeft(outcome) ? { ...outcome.left } : {}, { reason: "status", isRetryable })
      }
    })
  )
})
