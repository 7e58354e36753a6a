import { Fault } from "@effect-wechat/emulator"
import type { Plugin } from "@effect-wechat/plugin-manager"
import type { Subject } from "./subjects.js"

/** a list of plugins, or `tag` or `tag: reason` of the error */
type Expected = ReadonlyArray<Plugin.Plugin> | string

type Case = readonly [name: string, fault: Fault.Fault, expected: Expected]

const json = (body: unknown, contentType?: string) =>
  Fault.body(JSON.stringify(body), contentType === undefined ? {} : { contentType })

const wire = { appid: "wx1", status: 2, nickname: "n", headimgurl: "http://wx.qlogo.cn/0" }
const plugin: Plugin.Plugin = { ...wire, status: "approved" }

const undecodable = "WechatDecodeError"
const unreadable = "WechatTransportError: body"

/** How WeChat is known to misbehave, and how a proxy before it may. */
export const oddReplies = (kind: Subject["kind"]): ReadonlyArray<Case> => {
  /** what is one thing over HTTPS and another through wx-server-sdk, which has read the reply before us */
  const either = <A>(https: A, cloud: A) => (kind === "https" ? https : cloud)
  return [
    [
      "reads JSON that is called text/plain",
      json({ errcode: 0, errmsg: "ok", plugin_list: [wire] }, "text/plain"),
      [plugin]
    ],
    ["reads a success without an errcode", json({ plugin_list: [wire] }), [plugin]],
    ["reads an errcode that is a string", json({ errcode: "61007", errmsg: "x" }), "ComponentNotAuthorized"],
    [
      'reads errcode "0"',
      json({ errcode: "0", errmsg: "ok", plugin_list: [] }),
      either<Expected>([], "WechatTransportError: body")
    ],
    [
      "ignores what it does not know: apply_list, extra fields",
      json({ errcode: 0, errmsg: "ok", plugin_list: [{ ...wire, is_new: true, reason: "为什么" }], apply_list: [] }),
      [{ ...plugin, reason: "为什么" }]
    ],
    ["reads a null reason as none", json({ errcode: 0, plugin_list: [{ ...wire, reason: null }] }), [plugin]],
    [
      "reads escaped slashes",
      Fault.body(JSON.stringify({ errcode: 0, plugin_list: [wire] }).replaceAll("/", "\\/")),
      [plugin]
    ],
    [
      "recovers a nickname with raw control characters",
      Fault.body(
        JSON.stringify({ errcode: 0, plugin_list: [wire] })
          .replaceAll("/", "\\/")
          .replace('"n"', '"a\u0001\tb\\"\nc"')
      ),
      [{ ...plugin, nickname: 'a\u0001\tb"\nc' }]
    ],
    ["reads null as an empty list", json({ errcode: 0, errmsg: "ok", plugin_list: null }), []],
    ["reads a bare envelope as an empty list", json({ errcode: 0, errmsg: "ok" }), []],
    [
      "{} is no list over HTTPS; through the SDK it looks like an empty account",
      json({}),
      either<Expected>(undecodable, [])
    ],
    ["another success is no empty list", json({ errcode: 0, errmsg: "ok", result: "x" }), undecodable],
    ["refuses a list that is none", json({ errcode: 0, plugin_list: { length: 0 } }), undecodable],
    [
      "refuses a plugin without an appid",
      json({ errcode: 0, plugin_list: [{ ...wire, appid: undefined }] }),
      undecodable
    ],
    [
      "refuses a status that is a word",
      json({ errcode: 0, plugin_list: [{ ...wire, status: "approved" }] }),
      undecodable
    ],
    ["refuses JSON that is no object: null", Fault.body("null"), either(undecodable, unreadable)],
    ["[] is no list over HTTPS; through the SDK it looks like {}", Fault.body("[]"), either<Expected>(undecodable, [])],
    ["refuses JSON that ends too early", Fault.body('{"errcode":0,"plugin_list":[{'), unreadable],
    [
      "refuses a page of HTML",
      Fault.body("<html>ok</html>", { contentType: "text/html" }),
      either(unreadable, undecodable)
    ],
    ["refuses text", Fault.body("ok", { contentType: "text/plain" }), either(unreadable, undecodable)],
    ["refuses an empty body", Fault.raw({ status: 200 }), either(unreadable, undecodable)]
  ]
}

/** What a network, a proxy or a gateway may do. */
export const networkCases: ReadonlyArray<Case> = [
  ["a reset connection", Fault.reset(), "WechatTransportError: connection"],
  ["a closed connection", Fault.close(), "WechatTransportError: connection"],
  ["a reply that is cut off", Fault.truncate(), "WechatTransportError: connection"],
  [
    "a proxy's 502",
    Fault.raw({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>502 Bad Gateway</h1>" }),
    "WechatTransportError: status"
  ]
]
