import type * as SigningKeys from "@effect-wechat/transport-https/SigningKeys"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Encoding, FastCheck, Redacted, TestClock } from "effect"
import { readFileSync } from "node:fs"
import { type Answer, NoAnswer } from "../src/internal/http/exchange.js"
import { decrypt, encrypt, isSigned, seal } from "../src/internal/signing/sealing.js"
import { make } from "../src/internal/signing/signedExchange.js"
import { importKeys, type Keys } from "../src/internal/signing/keys.js"
import { options, pairs } from "@effect-wechat/test-support/signing"

interface Vector {
  readonly urlpath: string
  readonly appid: string
  readonly symmetricKey: { readonly sn: string; readonly keyBase64: string }
  readonly request: {
    readonly timestamp: number
    readonly plaintext: string
    readonly iv: string
    readonly data: string
    readonly authtag: string
    readonly signature: { readonly value: string; readonly publicKeySpkiPem: string }
  }
  readonly response: {
    readonly timestamp: number
    readonly iv: string
    readonly data: string
    readonly authtag: string
    readonly serial: string
    readonly signature: string
    readonly publicKeySpkiPem: string
    readonly plaintext: object
  }
}

/** The sample of WeChat's guide. */
const vector = JSON.parse(readFileSync(new URL("./fixtures/api-signature.json", import.meta.url), "utf8")) as Vector
const { request, response, urlpath } = vector

const bodyOf = ({ authtag, data, iv }: Vector["request" | "response"]) => JSON.stringify({ iv, data, authtag })

/** The sample's keys; its private key is not needed, since no signature of RSA-PSS is made twice. */
const vectorOptions: SigningKeys.SigningKeys = {
  appId: vector.appid,
  symmetricKey: { sn: vector.symmetricKey.sn, key: Redacted.make(vector.symmetricKey.keyBase64) },
  privateKey: Redacted.make(pairs.app.privateKey),
  wechatKey: { sn: response.serial, publicKey: response.publicKeySpkiPem }
}

const bytes = (base64: string) => Effect.map(Encoding.decodeBase64(base64), (decoded) => new Uint8Array(decoded))

const url = `${urlpath}?access_token=token`

/** One call through the signed exchange, over a connection that answers this. */
const through = (
  keys: Keys,
  answer: (sent: string, headers: Readonly<Record<string, string>>) => Answer,
  around = make(keys)
) =>
  Effect.withFiberRuntime<Answer | NoAnswer>((fiber) =>
    Effect.async((resume) => {
      const exchange = around((_, body = "", __, onEnd, headers = {}) => {
        onEnd(answer(body, headers))
        return () => {}
      })
      exchange(url, `{"action":"list"}`, fiber, (outcome) => resume(Effect.succeed(outcome)))
    })
  )

const answerOf = (text: string, headers: Readonly<Record<string, string>>): Answer => ({
  status: 200,
  header: (name) => headers[name],
  text
})

const sampleHeaders = {
  "wechatmp-appid": vector.appid,
  "wechatmp-timestamp": String(response.timestamp),
  "wechatmp-serial": response.serial,
  "wechatmp-signature": response.signature
}

describe("the sample of WeChat's guide", () => {
  it.effect("its request is encrypted to the same bytes", () =>
    Effect.gen(function* () {
      const keys = yield* importKeys(vectorOptions)
      const binding = { urlpath, timestamp: request.timestamp }
      const { authtag, data, iv } = request
      const envelope = yield* encrypt(keys, binding, request.plaintext, yield* bytes(iv))
      assert.deepStrictEqual(envelope, { iv, data, authtag })
    })
  )

  it.effect("the signatures of its request and of its reply are verified, and of nothing else", () =>
    Effect.gen(function* () {
      const { publicKeySpkiPem, value } = request.signature
      const ofApp = yield* importKeys({ ...vectorOptions, wechatKey: { sn: "", publicKey: publicKeySpkiPem } })
      const ofPlatform = yield* importKeys(vectorOptions)
      for (const [keys, { timestamp }, body, signature] of [
        [ofApp, request, bodyOf(request), value],
        [ofPlatform, response, bodyOf(response), response.signature]
      ] as const) {
        assert.isTrue(yield* isSigned(keys, { urlpath, timestamp }, body, signature))
        assert.isFalse(yield* isSigned(keys, { urlpath, timestamp: timestamp + 1 }, body, signature))
        assert.isFalse(yield* isSigned(keys, { urlpath: `${urlpath}/`, timestamp }, body, signature))
        assert.isFalse(yield* isSigned(keys, { urlpath, timestamp }, `${body} `, signature))
        assert.isFalse(yield* isSigned(keys, { urlpath, timestamp }, body, `A${signature.slice(1)}`))
        assert.isFalse(yield* isSigned(keys, { urlpath, timestamp }, body, "no base64!"))
      }
    })
  )

  it.effect("its reply is decrypted, and taken from five minutes before to five minutes after", () =>
    Effect.gen(function* () {
      const keys = yield* importKeys(vectorOptions)
      const reply = answerOf(bodyOf(response), sampleHeaders)
      for (const [offset, isTaken] of [
        [-301, false],
        [-300, true],
        [0, true],
        [300, true],
        [301, false]
      ] as const) {
        yield* TestClock.setTime((response.timestamp + offset) * 1000)
        const outcome = yield* through(keys, () => reply)
        assert.deepStrictEqual(
          outcome instanceof NoAnswer ? outcome : JSON.parse(outcome.text),
          isTaken
            ? response.plaintext
            : new NoAnswer("signature", "the reply cannot be trusted: its time is more than five minutes from ours")
        )
      }
    })
  )
})

describe("a call that is signed and encrypted", () => {
  const binding = { urlpath, timestamp: 0 }

  it("any text comes back, and only with the URL, time, appid and key number that it was encrypted for", () => {
    const comesBack = (text: string, at: number) =>
      Effect.gen(function* () {
        const keys = yield* importKeys(options)
        const here = { urlpath, timestamp: at }
        const body = JSON.stringify(yield* encrypt(keys, here, text, crypto.getRandomValues(new Uint8Array(12))))
        assert.strictEqual(yield* decrypt(keys, here, body), text)
        for (const [otherKeys, other] of [
          [keys, { urlpath, timestamp: at + 1 }],
          [keys, { urlpath: `${urlpath}/`, timestamp: at }],
          [{ ...keys, appId: "wx-other" }, here],
          [{ ...keys, symmetricKey: { ...keys.symmetricKey, sn: "other" } }, here]
        ] as const) {
          assert.strictEqual(yield* Effect.flip(decrypt(otherKeys, other, body)), "it cannot be decrypted")
        }
      })
    return FastCheck.assert(
      FastCheck.asyncProperty(FastCheck.string({ unit: "binary" }), FastCheck.nat(), (text, at) =>
        Effect.runPromise(comesBack(text, at))
      ),
      { numRuns: 25 }
    )
  })

  it.effect("what is no envelope cannot be decrypted, nor one whose tag was shortened", () =>
    Effect.gen(function* () {
      const keys = yield* importKeys(options)
      const envelope = yield* encrypt(keys, binding, "{}", new Uint8Array(12))
      const authtag = Encoding.encodeBase64((yield* bytes(envelope.authtag)).subarray(0, 12))
      for (const body of [
        "",
        "null",
        "[]",
        "{}",
        `{"iv":1,"data":2,"authtag":3}`,
        JSON.stringify({ ...envelope, authtag })
      ]) {
        assert.strictEqual(yield* Effect.flip(decrypt(keys, binding, body)), "it cannot be decrypted")
      }
    })
  )

  it.effect("has an iv, a nonce and a length of its own each time", () =>
    Effect.gen(function* () {
      const keys = yield* importKeys(options)
      const calls = yield* Effect.replicateEffect(seal(keys, binding, `{"action":"list"}`), 40)
      const plaintexts = yield* Effect.forEach(calls, ({ body }) => decrypt(keys, binding, body))
      const distinct = (of: ReadonlyArray<unknown>) => new Set(of).size
      assert.strictEqual(distinct(calls.map(({ body }) => (JSON.parse(body) as { iv: string }).iv)), 40)
      const nonces = plaintexts.map((text) => (JSON.parse(text) as { _n: string })._n)
      assert.strictEqual(distinct(nonces), 40)
      assert.isAbove(distinct(nonces.map(({ length }) => length)), 3)
      assert.isTrue(nonces.every(({ length }) => length >= 16 && length <= 32))
      assert.deepStrictEqual(
        { ...(JSON.parse(plaintexts[0]!) as object), _n: "" },
        { _n: "", _appid: options.appId, _timestamp: 0, action: "list" }
      )
    })
  )
})

describe("a reply", () => {
  /** The platform's own side: it seals as we do, with its own private key. */
  const platform = importKeys({ ...options, privateKey: Redacted.make(pairs.wechat.privateKey) })
  const success = `{"errcode":0,"errmsg":"ok","plugin_list":[]}`

  const outcomeOf = (
    json: string,
    change: (body: string, headers: Readonly<Record<string, string>>) => readonly [string, Record<string, string>] = (
      body,
      headers
    ) => [body, headers]
  ) =>
    Effect.gen(function* () {
      const { body, headers } = yield* seal(yield* platform, { urlpath, timestamp: 0 }, json)
      const [changedBody, changedHeaders] = change(body, { ...headers, "wechatmp-serial": "new" })
      return yield* through(yield* importKeys(options), () => answerOf(changedBody, changedHeaders))
    })

  it.effect("that was sealed by the platform is taken without the fields that bind it", () =>
    Effect.gen(function* () {
      const outcome = yield* outcomeOf(success)
      assert.strictEqual(outcome instanceof NoAnswer ? undefined : outcome.text, success)
    })
  )

  it.effect("that came before is refused, also with its signature written in another way, until it is too old", () =>
    Effect.gen(function* () {
      const keys = yield* importKeys(options)
      const around = make(keys)
      const sealed = Effect.flatMap(platform, (keys) => seal(keys, { urlpath, timestamp: 0 }, success))
      const answered = (
        { body, headers }: Effect.Effect.Success<typeof sealed>,
        change = (signature: string) => signature
      ) =>
        through(
          keys,
          () =>
            answerOf(body, {
              ...headers,
              "wechatmp-serial": "new",
              "wechatmp-signature": change(headers["wechatmp-signature"])
            }),
          around
        )
      const [first, second] = [yield* sealed, yield* sealed]
      assert.notInstanceOf(yield* answered(first), NoAnswer)
      assert.notInstanceOf(yield* answered(second), NoAnswer)
      const copy = new NoAnswer("signature", "the reply cannot be trusted: it is a copy of an earlier reply")
      assert.deepStrictEqual(yield* answered(first), copy)
      assert.deepStrictEqual(yield* answered(second, (signature) => signature.replace(/=+$/, "") + "=="), copy)
      yield* TestClock.adjust("4 minutes")
      assert.notInstanceOf(yield* answered(yield* sealed), NoAnswer)
      assert.deepStrictEqual(yield* answered(first), copy)
      yield* TestClock.adjust("2 minutes")
      const old = new NoAnswer("signature", "the reply cannot be trusted: its time is more than five minutes from ours")
      assert.deepStrictEqual(yield* answered(first), old)
    })
  )

  it.effect("nested deeper than the stack is refused, too", () =>
    Effect.gen(function* () {
      const keys = yield* platform
      const deep = `{"_appid":"${options.appId}","_timestamp":0,"deep":${"[".repeat(200_000)}${"]".repeat(200_000)}}`
      const body = JSON.stringify(yield* encrypt(keys, { urlpath, timestamp: 0 }, deep, new Uint8Array(12)))
      const { headers } = yield* seal(keys, { urlpath, timestamp: 0 }, "{}")
      const pss = { name: "RSA-PSS", saltLength: 32 }
      const signed = new TextEncoder().encode([urlpath, options.appId, 0, body].join("\n"))
      const signature = yield* Effect.promise(() => crypto.subtle.sign(pss, keys.privateKey, signed))
      const ofPlatform = {
        ...headers,
        "wechatmp-serial": "new",
        "wechatmp-signature": Encoding.encodeBase64(new Uint8Array(signature))
      }
      const outcome = yield* through(yield* importKeys(options), () => answerOf(body, ofPlatform))
      assert.deepStrictEqual(outcome, new NoAnswer("signature", "the call cannot be signed, or its reply not opened"))
    })
  )

  it.effect("is refused whatever is wrong with it", () =>
    Effect.gen(function* () {
      const unsigned = Object.fromEntries<string>([])
      for (const [why, outcome] of [
        [
          "it is for another appid",
          outcomeOf(success, (body, headers) => [body, { ...headers, "wechatmp-appid": "wx-open" }])
        ],
        [
          "it is not signed with the key new of WeChat",
          outcomeOf(success, (body, headers) => [body, { ...headers, "wechatmp-serial": "newer" }])
        ],
        [
          "its signature is not that of WeChat's key",
          outcomeOf(success, (body, headers) => [body, { ...headers, "wechatmp-timestamp": "1" }])
        ],
        [
          "its signature is not that of WeChat's key",
          outcomeOf(success, (body, headers) => [body, { ...headers, "wechatmp-timestamp": "soon" }])
        ],
        ["its signature is not that of WeChat's key", outcomeOf(success, (body, headers) => [`${body}\n`, headers])],
        [
          "its signature is not that of WeChat's key",
          outcomeOf(success, (body, { "wechatmp-signature": signature, ...headers }) => [
            body,
            { ...headers, "wechatmp-signature-deprecated": signature! }
          ])
        ],
        ["what was encrypted has another appid or time than its headers", outcomeOf(`{"_appid":"wx-open"}`)],
        ["what was encrypted has another appid or time than its headers", outcomeOf(`{"_timestamp":1}`)],
        ["it is not signed", outcomeOf(success, (body) => [body, unsigned])],
        ["it is not signed", outcomeOf(success, () => [success, unsigned])],
        ["it is not signed", outcomeOf(success, () => [`{"errcode":89237,"errmsg":"already"}`, unsigned])]
      ] as const) {
        assert.deepStrictEqual(yield* outcome, new NoAnswer("signature", `the reply cannot be trusted: ${why}`))
      }
    })
  )

  it.effect("without a signature is taken where it refuses the call, or is no reply of WeChat's", () =>
    Effect.gen(function* () {
      for (const text of [`{"errcode":40001}`, `{"errcode":"45009"}`, `{"errcode":-1}`, "<html>", ""]) {
        const outcome = yield* outcomeOf(success, () => [text, {}])
        assert.strictEqual(outcome instanceof NoAnswer ? undefined : outcome.text, text)
      }
    })
  )
})
