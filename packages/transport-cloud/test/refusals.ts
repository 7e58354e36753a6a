import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import { Either } from "effect"
import { api, CloudSDKError, sdkError } from "./support.js"

const reply = (errcode: number, errmsg: string, endpoint: Reply["endpoint"], requestId?: string) =>
  Either.right({
    errcode,
    errmsg,
    ...(requestId === undefined ? {} : { requestId }),
    endpoint,
    body: { errcode, errmsg }
  })

/** What the SDK throws, as it was seen, and the reply that it stands for. */
export const replies: ReadonlyArray<readonly [string, unknown, ReturnType<typeof reply>]> = [
  [
    "an errcode of WeChat's",
    new CloudSDKError(89236, `openapi.${api}:fail 该插件不能申请`),
    reply(89236, "该插件不能申请", "api")
  ],
  [
    "with a request id",
    new CloudSDKError(40001, `openapi.${api}:fail invalid credential rid: 61725984-6126f6f9-040f19c4`),
    reply(40001, "invalid credential rid: 61725984-6126f6f9-040f19c4", "api", "61725984-6126f6f9-040f19c4")
  ],
  [
    "sent as a string",
    new CloudSDKError("61007", `openapi.${api}:fail api is unauthorized`),
    reply(61007, "api is unauthorized", "api")
  ],
  ["without an errmsg", new CloudSDKError(89239, `openapi.${api}:fail undefined`), reply(89239, "", "api")],
  ["-1, WeChat's", new CloudSDKError(-1, `openapi.${api}:fail system error`), reply(-1, "system error", "api")],
  ["-1, WeChat's, busy", new CloudSDKError(-1, `openapi.${api}:fail system busy`), reply(-1, "system busy", "api")],
  [
    "-1 with a hint",
    new CloudSDKError(-1, `openapi.${api}:fail system error hint: [abc_1]`),
    reply(-1, "system error hint: [abc_1]", "api", "abc_1")
  ],
  [
    "one of old, as an object that is no Error",
    { errCode: 89237, errMsg: `openapi.${api}:fail 已经添加该插件; at openapi.${api} api; ` },
    reply(89237, "已经添加该插件", "api")
  ],
  [
    "an errmsg that has a colon, `fail` and `at` of its own",
    new CloudSDKError(89236, `openapi.${api}:fail check:fail at api gate`),
    reply(89236, "check:fail at api gate", "api")
  ],
  [
    "-1, WeChat's, whatever else its text names",
    new CloudSDKError(-1, `openapi.${api}:fail system error, certificate of x`),
    reply(-1, "system error, certificate of x", "api")
  ],
  [
    "an errcode whose text looks like missing keys",
    new CloudSDKError(45009, `openapi.${api}:fail missing secretId or secretKey`),
    reply(45009, "missing secretId or secretKey", "api")
  ],
  [
    "an environment that is none, for which the SDK has no number",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. Env invalid`),
    reply(-501005, "-501001 resource system error. Env invalid", "gateway")
  ],
  [
    "keys that are wrong, for which the SDK has no number",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. The secretId of the signature is not known`),
    reply(-501007, "-501001 resource system error. The secretId of the signature is not known", "gateway")
  ],
  ...["SIGN_PARAM_INVALID secret id error", "the token has expired", "login check failed"].map(
    (text): readonly [string, unknown, ReturnType<typeof reply>] => [
      `keys that are wrong: ${text}`,
      sdkError(-501001, `openapi.${api}:fail -501001 resource system error. ${text}`),
      reply(-501007, `-501001 resource system error. ${text}`, "gateway")
    ]
  ),
  [
    "no permission",
    new CloudSDKError(-604101, "system error: error code: -604101"),
    reply(-604101, "system error: error code: -604101", "gateway")
  ],
  [
    "no permission, 0.4.3",
    sdkError(-604101, "function has no permission to call this API"),
    reply(-604101, "function has no permission to call this API", "gateway")
  ],
  [
    "no such API",
    new CloudSDKError(-604100, "system error: error code: -604100"),
    reply(-604100, "system error: error code: -604100", "gateway")
  ],
  [
    "a code of protobuf's that is nobody's",
    new CloudSDKError(12345, "system error: error code: 12345"),
    reply(12345, "system error: error code: 12345", "gateway")
  ],
  [
    "-601001 of protobuf's",
    new CloudSDKError(-601001, "system error: error code: -601001"),
    reply(-601001, "system error: error code: -601001", "gateway")
  ],
  [
    "the gateway's JSON",
    sdkError(-501007, `openapi.${api}:fail -501007 invalid parameters. envName is wrong`),
    reply(-501007, "-501007 invalid parameters. envName is wrong", "gateway")
  ],
  [
    "the gateway's JSON, 3.0.4, or of another content-type",
    new CloudSDKError(-501003, `${api}:fail exceed request limit`),
    reply(-501003, "exceed request limit", "gateway")
  ],
  [
    "the gateway's JSON, a code the SDK does not know",
    sdkError(-501001, `openapi.${api}:fail -501001 resource system error. [ENV] no such env`),
    reply(-501001, "-501001 resource system error. [ENV] no such env", "gateway")
  ],
  ...[-404001, -502001, -503001, -504002, -601004, -602001, -604103].map(
    (code) => [`${code}`, new CloudSDKError(code, `openapi.${api}:fail x`), reply(code, "x", "gateway")] as const
  ),
  ["-401001, not of the server's SDK", new CloudSDKError(-401001, `openapi.${api}:fail x`), reply(-401001, "x", "api")],
  ["-603001, nobody's", new CloudSDKError(-603001, `openapi.${api}:fail x`), reply(-603001, "x", "api")]
]
