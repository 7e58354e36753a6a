import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { gatewayCases, operationCases, rejectsCredential } from "./errcodes.js"
import { operations } from "./operations.js"
import type { Subject } from "./subjects.js"
import { testWith } from "./two.js"
import { door, failureOf } from "./world.js"

/** One call of each operation. */
const calls = [...new Map(operations.map((operation) => [operation.api, operation])).values()]

/** Every errcode as an answer to every operation. */
export const refusals = (subject: Subject): void => {
  const test = testWith(subject)

  for (const { api, call, isIdempotent } of calls) {
    test(`every errcode of ${api}`, ({ applicant }) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        let requests = 0
        for (const { errcode, tag } of operationCases(api)) {
          // of -1 the SDK's own accidents can only be told by the text
          const errmsg = errcode === -1 ? "system error" : `text of ${errcode}`
          const times = rejectsCredential(subject.kind, errcode) ? 2 : 1
          requests += times
          yield* emulator.fault(Fault.errcode(errcode, { errmsg, times }))
          const error: object = yield* applicant(failureOf(call))
          const isRetryable = errcode === -1 && isIdempotent
          assert.deepInclude({ ...error }, { _tag: tag, api, errcode, errmsg, endpoint: "api", isRetryable })
        }
        const entries = (yield* emulator.journal).filter(({ endpoint }) => endpoint === door(subject))
        assert.lengthOf(entries, requests)
      }))

    if (subject.kind === "cloud") {
      test(`every errcode of the gateway to ${api}`, ({ applicant }) =>
        Effect.gen(function* () {
          const { fault } = yield* Emulator.Emulator
          for (const [errcode, tag] of gatewayCases) {
            yield* fault(Fault.gatewayError(errcode))
            const error: object = yield* applicant(failureOf(call))
            assert.deepInclude({ ...error }, { _tag: tag, api, errcode, endpoint: "gateway" })
          }
        }))
    }
  }
}
