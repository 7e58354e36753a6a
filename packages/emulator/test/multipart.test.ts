import { assert, describe, it } from "@effect/vitest"
import { FastCheck as fc, Option } from "effect"
import * as Multipart from "../src/internal/gateway/multipart.js"
import * as Protobuf from "../src/internal/gateway/protobuf.js"

const encode = (parts: ReadonlyArray<Multipart.Part>, boundary: string): Uint8Array =>
  Buffer.concat([
    ...parts.flatMap(({ body, contentType, filename, name }) => [
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"`),
      Buffer.from(filename === undefined ? "" : `; filename="${filename}"`),
      Buffer.from(contentType === undefined ? "" : `\r\nContent-Type: ${contentType}`),
      Buffer.from("\r\n\r\n"),
      body,
      Buffer.from("\r\n")
    ]),
    Buffer.from(`--${boundary}--\r\n`)
  ])

const boundary = fc.stringMatching(/^[0-9A-Za-z'()+_,./:=?-]{8,60}$/)
/** Bytes that often contain line ends, dashes and the beginning of a delimiter. */
const bytes = (boundary: string) =>
  fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc
          .constantFrom("\r\n", "\r\n--", "--", "\r\n\r\n", `\r\n--${boundary}x`, boundary)
          .map((text) => Buffer.from(text))
      )
    )
    .map((pieces) => new Uint8Array(Buffer.concat(pieces)))
    .filter((body) => {
      const text = Buffer.from(body).toString("latin1")
      return !new RegExp(`(?:^|\r\n)--${boundary.replace(/[^\w]/g, "\\$&")}(?:--)?[ \t]*(?:\r\n|$)`).test(text)
    })
const form = boundary.chain((boundary) =>
  fc.record({
    boundary: fc.constant(boundary),
    parts: fc.array(
      fc.record(
        {
          name: fc.stringMatching(/^[\w.]{1,12}$/),
          body: bytes(boundary),
          filename: fc.stringMatching(/^[\w. ]{1,12}$/),
          contentType: fc.constantFrom("application/octet-stream", "text/plain; charset=utf-8")
        },
        { requiredKeys: ["name", "body"] }
      )
    )
  })
)

describe("multipart", () => {
  it("decodes parts of arbitrary bytes", () =>
    fc.assert(
      fc.property(form, ({ boundary, parts }) => {
        const parsed = Multipart.parse(encode(parts, boundary), boundary)
        assert.deepStrictEqual(
          Option.getOrThrow(parsed),
          parts.map((part) => ({ ...part }))
        )
      }),
      { numRuns: 500 }
    ))

  it("never throws on arbitrary bytes", () =>
    fc.assert(
      fc.property(fc.uint8Array(), boundary, (body, boundary) => Option.isOption(Multipart.parse(body, boundary)))
    ))

  it("returns none for a form that is cut short", () => {
    const whole = encode([{ name: "a", body: new Uint8Array([1, 2, 3]) }], "b")
    for (let length = 0; length < whole.length - "--\r\n".length; length++) {
      assert.isTrue(Option.isNone(Multipart.parse(whole.subarray(0, length), "b")), String(length))
    }
    assert.isTrue(Option.isNone(Multipart.parse(Buffer.from("--b\r\nname: x\r\n\r\n\r\n--b--"), "b")))
  })

  it("finds the boundary in the header", () => {
    const read = (contentType: string) => Option.getOrNull(Multipart.boundary(contentType))
    assert.strictEqual(read("multipart/form-data; boundary=--------24"), "--------24")
    assert.strictEqual(read(`Multipart/Form-Data; charset=utf-8; Boundary="a b;c"`), "a b;c")
    assert.strictEqual(read("multipart/form-data"), null)
    assert.strictEqual(read("application/json; boundary=x"), null)
  })
})

describe("protobuf", () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

  it("decodes a request that the SDK sent", () => {
    const bytes = Buffer.from("080012120a100a06616374696f6e1206226c69737422", "hex")
    const { appid, openapiData } = Option.getOrThrow(Protobuf.decodeRequest(bytes))
    assert.isUndefined(appid)
    assert.deepStrictEqual(
      openapiData.pairs.map(({ key, value }) => [key, Buffer.from(value).toString()]),
      [["action", `"list"`]]
    )
    const other = Option.getOrThrow(Protobuf.decodeRequest(Buffer.concat([bytes, Buffer.from("3203777831", "hex")])))
    assert.strictEqual(other.appid, "wx1")
  })

  it("returns none for anything else", () => {
    for (const bytes of ["", "ff", "0800", "1212"]) {
      assert.isTrue(Option.isNone(Protobuf.decodeRequest(Buffer.from(bytes, "hex"))), bytes)
    }
  })

  it("encodes the fields of CommOpenApiResp", () => {
    assert.strictEqual(
      hex(Protobuf.encodeReply({ respData: new Uint8Array([0x7b, 0x7d]), contentType: "t" })),
      "0a027b7d120174"
    )
    assert.strictEqual(hex(Protobuf.encodeReply({ errorCode: -604101 })), "18bb90dbffffffffffff01")
  })
})
