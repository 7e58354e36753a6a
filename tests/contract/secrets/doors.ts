import { type Emulator, Fault, type Journal } from "@effect-wechat/emulator"
import type { Order } from "@effect-wechat/emulator/Fault"
import { Effect, Redacted } from "effect"

/** A request whose reply may tell secrets, and what is in that request. */
export interface Door {
  readonly order: Order
  readonly sent: ReadonlyArray<string>
  /** the endpoint whose tokens are sent here too */
  readonly tokensOf?: Journal.Endpoint
  readonly hasCallBefore: boolean
  /** faults that lead to this request */
  readonly leading: ReadonlyArray<Fault.Fault>
}

/** The first request for a token. */
export const atFirst = (sent: ReadonlyArray<string>): Door => ({
  order: { on: "token" },
  sent,
  hasCallBefore: false,
  leading: []
})

/** The request for another token, after WeChat rejected the first one. */
export const afterRejection = (sent: ReadonlyArray<string>, tokensOf?: Journal.Endpoint): Door => ({
  order: { on: "token" },
  sent,
  ...(tokensOf === undefined ? {} : { tokensOf }),
  hasCallBefore: true,
  leading: [Fault.errcode(42001, { on: "plugin" })]
})

/** A call, and its repetition if there is one. */
export const afterCall = (on: "plugin" | "gateway"): Door => ({
  order: { on, times: 2 },
  sent: [],
  tokensOf: on,
  hasCallBefore: true,
  leading: []
})

/** The tokens that were sent so far: to one endpoint, or to any. */
export const tokensOf = ({ journal }: Emulator.Emulator.Service, at?: Journal.Endpoint) =>
  Effect.map(journal, (entries) =>
    entries
      .filter(({ endpoint }) => at === undefined || endpoint === at)
      .flatMap(({ credential }) => (credential === undefined ? [] : [Redacted.value(credential.value)]))
  )
