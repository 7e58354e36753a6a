import * as TransportErrors from "@effect-wechat/plugin-manager/TransportErrors"
import { assert, describe, it } from "@effect/vitest"

describe("TransportErrors", () => {
  it("isTransportReason knows the reasons of a WechatTransportError", () => {
    for (const reason of ["connection", "timeout", "credential"]) {
      assert.isTrue(TransportErrors.isTransportReason(reason))
    }
    for (const other of ["", "connections", undefined, null, 1, ["connection"]]) {
      assert.isFalse(TransportErrors.isTransportReason(other))
    }
  })
})
