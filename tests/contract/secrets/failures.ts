import { Fault } from "@effect-wechat/emulator"
import type { Order } from "@effect-wechat/emulator/Fault"

/** A token that nobody knew before the reply. */
export const freshToken = "fresh/t0ken+with=many&signs~and_letters*of!its-own"

const hex = (text: string) => Buffer.from(text).toString("hex")

const escape = (text: string) =>
  [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")

const lowerPercent = (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())

/** A secret in base64, at the beginning of a text and after one and two other characters. */
const base64 = (text: string) => ["", "x", "xy"].map((before) => Buffer.from(`${before}${text}`).toString("base64"))

const formEncoded = (text: string) => new URLSearchParams({ "": text }).toString().slice(1)

/** The part of a base64 text that does not depend on its neighbours. */
const middle = (text: string) => text.replace(/=+$/, "").slice(4, -4)

const known = new Map<string, ReadonlyArray<string>>()

/** Every text that gives a secret away, with single backslashes. */
export const traces = (secret: string): ReadonlyArray<string> => {
  const before = known.get(secret)
  if (before !== undefined) {
    return before
  }
  const inBase64 = base64(secret).map(middle)
  const all = new Set([
    secret,
    escape(secret),
    encodeURIComponent(secret),
    lowerPercent(secret),
    formEncoded(secret),
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    hex(secret),
    hex(secret).toUpperCase(),
    // a prefix that says enough
    secret.slice(0, 20)
  ])
  known.set(secret, [...all])
  return [...all]
}

/** A reply that tells the secrets, and how the fault is called. */
export type Failure = readonly [name: string, make: (secrets: ReadonlyArray<string>, order: Order) => Fault.Fault]

const refusal = (name: string, errmsg: (secret: string) => string, errcode = 40013): Failure => [
  `echoes them ${name}`,
  (secrets, order) =>
    // by hand, since JSON.stringify would escape the escapes
    Fault.body(`{"errcode":${errcode},"errmsg":"invalid: ${secrets.map(errmsg).join(" ")} rid: 1-2-3"}`, order)
]

const quoted = (text: string) => JSON.stringify(text).slice(1, -1)

export const failures: ReadonlyArray<Failure> = [
  ["resets the connection", (_, order) => Fault.reset(order)],
  ["cuts the reply short", (_, order) => Fault.truncate(order)],
  refusal("as they are", quoted),
  refusal("as they are, with 40001", quoted, 40001),
  refusal("with every character escaped", escape),
  refusal("in base64", (secret) => base64(secret).join(" ")),
  refusal("in base64url", (secret) => base64(secret).join(" ").replaceAll("+", "-").replaceAll("/", "_")),
  refusal("in hexadecimal", hex),
  refusal("in hexadecimal capitals", (secret) => hex(secret).toUpperCase()),
  refusal("percent-encoded", encodeURIComponent),
  refusal("percent-encoded in lower case", lowerPercent),
  refusal("as a form has them", formEncoded),
  refusal("cut off", (secret) => quoted(secret.slice(0, 24))),
  [
    "echoes them as keys",
    (secrets, order) => {
      const object = Object.fromEntries(secrets.map((secret) => [secret, secret]))
      return Fault.body(JSON.stringify({ errcode: 0, access_token: object, plugin_list: object, ...object }), order)
    }
  ],
  [
    "echoes them as keys in a list",
    (secrets, order) =>
      Fault.body(
        JSON.stringify({ errcode: 0, plugin_list: secrets.map((secret) => ({ appid: { [secret]: 1 }, status: 2 })) }),
        order
      )
  ],
  [
    "lists them",
    (secrets, order) =>
      Fault.body(
        JSON.stringify({
          errcode: 0,
          plugin_list: secrets.map((secret) => ({ appid: secret, status: 2, nickname: secret, headimgurl: secret }))
        }),
        order
      )
  ],
  [
    "lists them in a list that cannot be read",
    (secrets, order) =>
      Fault.body(
        JSON.stringify({
          errcode: 0,
          access_token: 1,
          plugin_list: secrets.map((secret) => ({ appid: 1, status: secret, nickname: secret }))
        }),
        order
      )
  ],
  [
    "hands out a token in a reply that cannot be read",
    (_, order) => {
      const token = order.on === "token" ? freshToken : ""
      return Fault.body(
        JSON.stringify({
          access_token: token,
          component_access_token: token,
          authorizer_access_token: token,
          expires_in: "soon"
        }),
        order
      )
    }
  ],
  [
    "has them as its content-type",
    (secrets, order) =>
      Fault.raw({ ...order, status: 502, headers: { "content-type": secrets.join(" ") }, body: "<html></html>" })
  ],
  [
    "is a page that shows them",
    (secrets, order) =>
      Fault.raw({
        ...order,
        status: 502,
        headers: { "content-type": "text/html" },
        body: `<html><a href="/?access_token=${secrets.map(encodeURIComponent).join("&")}">${secrets.join(" ")}</a></html>`
      })
  ],
  [
    "is a text that shows them",
    (secrets, order) => Fault.body(`<html>${secrets.join(" ")}</html>`, { ...order, contentType: "text/html" })
  ],
  [
    "redirects to a place that is named after them",
    (secrets, order) =>
      Fault.raw({
        ...order,
        status: 302,
        headers: { location: `http://127.0.0.1:9/?token=${secrets.map(encodeURIComponent).join("&")}` },
        body: secrets.join(" ")
      })
  ]
]
