import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import { assert, describe, it } from "@effect/vitest"
import { FastCheck } from "effect"

const secret = "80_aZ-9/x+y=~0123456789abcdefghijklmnopqrstuvwxyz"

const unicode = (text: string) =>
  text.replace(/[^]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)

/** Every form in which a server, a proxy or a library may echo a secret. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  "form-encoded": (text) => new URLSearchParams([["x", text]]).toString().slice(2),
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 for URLs": (text) => Buffer.from(text).toString("base64url"),
  "base64 of a longer text": (text) => Buffer.from(`user:${text}`).toString("base64"),
  "base64 of another longer text": (text) => Buffer.from(`name:${text}`).toString("base64"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "hexadecimal in upper case": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "cut off": (text) => text.slice(0, 24)
}

describe("Redaction", () => {
  for (const [name, encode] of Object.entries(forms)) {
    it(`removes a secret ${name}`, () => {
      const echo = encode(secret)
      const clean = Redaction.make([secret])(`invalid: ${echo}, try again`)
      assert.match(clean, /^invalid: .*<redacted>.*, try again$/)
      // what is left of it is too short to be of use
      for (let at = 0; at + 12 <= echo.length; at++) {
        assert.notInclude(clean, echo.slice(at, at + 12))
      }
    })

    it(`search finds a secret ${name} in JSON, escaped or not`, () => {
      const isIn = Redaction.search(secret)
      const json = JSON.stringify({ errmsg: `invalid ${encode(secret)}` })
      assert.isTrue(isIn(json))
      assert.isTrue(isIn(json.replaceAll("/", "\\/")))
      assert.isTrue(isIn(`{"errmsg":"${unicode(encode(secret))}"}`))
    })
  }

  it("search finds nothing in WeChat's usual replies, so that they cost nothing more", () => {
    const isIn = Redaction.search(secret)
    const reply = {
      errcode: 0,
      errmsg: "ok",
      plugin_list: [{ appid: "wx1", status: 2, nickname: "腾讯地图", headimgurl: "http://wx.qlogo.cn/0" }]
    }
    assert.isFalse(isIn(JSON.stringify(reply)))
    assert.isFalse(isIn(JSON.stringify(reply).replaceAll("/", "\\/").replaceAll("腾", "\\u817e")))
  })

  it("removes it from keys as well, and from every one of several secrets", () => {
    const redact = Redaction.make([secret, "another-secret"])
    assert.deepStrictEqual(Redaction.mapTexts({ [secret]: [{ "another-secret": secret }], n: 1, z: null }, redact), {
      "<redacted>": [{ "<redacted>": "<redacted>" }],
      n: 1,
      z: null
    })
  })

  it("leaves texts alone that have no secret in them, and ignores what is too short to be one", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ maxLength: 30 }), (text) => {
        assert.strictEqual(Redaction.make([secret, "", "short"])(text), text)
      })
    )
  })

  it("does not throw for a lone surrogate", () => {
    assert.strictEqual(Redaction.make(["\ud800 and more"])("a \ud800 and more"), "a <redacted>")
    assert.isFalse(Redaction.search("\ud800 and more")("nothing"))
  })

  it("removes a whole form, and nothing that is not of it", () => {
    // 18 bytes: its base64 has no rest; it has `+` and `/`, and a byte that is one digit in hexadecimal
    const awkward = "???>>>~~~\t\t\tsecret"
    const redact = Redaction.make([awkward])
    for (const name of ["as it is", "base64", "base64 for URLs", "hexadecimal", "hexadecimal in upper case"]) {
      assert.strictEqual(redact(`a ${forms[name]!(awkward)} b`), "a <redacted> b", name)
    }
  })

  it("removes it from the base64 of any longer text, however short it is", () => {
    const text = FastCheck.stringMatching(/^[!-~]{0,4}$/)
    FastCheck.assert(
      FastCheck.property(FastCheck.stringMatching(/^[!-~]{8,20}$/), text, text, (secret, before, after) => {
        const clean = Redaction.make([secret])(Buffer.from(before + secret + after).toString("base64"))
        assert.include(clean, "<redacted>")
      })
    )
  })

  it("removes several secrets in any order, and no secret of fewer than eight characters", () => {
    const redact = Redaction.make(["first-secret", "second-secret", "exactly8", "seven-7"])
    assert.strictEqual(
      redact("second-secret first-secret exactly8 seven-7 second-secret"),
      "<redacted> <redacted> <redacted> seven-7 <redacted>"
    )
    assert.isTrue(Redaction.search("exactly8")("an exactly8 b"))
    assert.isFalse(Redaction.search("seven-7")("a seven-7 b"))
  })

  it("removes a lone surrogate as those write it who cannot", () => {
    const redact = Redaction.make(["secret\ud800token"])
    assert.strictEqual(redact("a secret%EF%BF%BDtoken b"), "a <redacted> b")
  })

  it("search looks for the longest part that no JSON escapes, and lets nothing pass where there is none", () => {
    assert.isFalse(Redaction.search('abcdefghijk"o')('{"errmsg":"ok"}'))
    assert.isTrue(Redaction.search("密钥密钥密钥密钥")('{"errmsg":"密钥密钥密钥密钥"}'))
  })
})
