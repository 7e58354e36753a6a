import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Fault } from "../../Fault.js"
import type { Timer } from "../domain/time.js"
import { gatewayError } from "../gateway/reply.js"
import type { Handling } from "../http/endpoint.js"
import * as Exchange from "../http/exchange.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import type { EntryRecord } from "./journal.js"

/** The reply to a request: the one that the fault orders, or the endpoint's own. */
export const replyOf = (handling: Handling, fault: Fault | undefined, rid: string): Effect.Effect<Reply.Reply> => {
  switch (fault?._tag) {
    case "Errcode": {
      const { errcode, errmsg } = fault
      const answer = errmsg === undefined ? Reply.refusal(errcode, rid) : { errcode, errmsg }
      return Effect.succeed(handling.wrap(JSON.stringify(answer), Reply.wechatJson, errcode))
    }
    case "Body":
      return Effect.succeed(handling.wrap(fault.body, fault.contentType, undefined))
    case "Raw":
      return Effect.succeed({ status: fault.status, headers: fault.headers, body: Json.bytes(fault.body) })
    case "GatewayError":
      return Effect.succeed(gatewayError(fault.errorCode))
    default:
      return handling.reply
  }
}

/** A reply that is ready to be sent. */
export interface Delivery {
  readonly exchange: Exchange.Exchange
  readonly record: EntryRecord
  readonly reply: Reply.Reply
  readonly fault: Fault | undefined
  readonly timer: Timer
  readonly gate: Deferred.Deferred<void>
}

/** How the journal names a fault. */
export const faultNote = (fault: Fault | undefined): { readonly fault?: string } =>
  fault === undefined ? {} : { fault: fault._tag.replace(/^./, (first) => first.toLowerCase()) }

const note = ({ fault, record, reply }: Delivery): Effect.Effect<void> =>
  record.reply({
    status: reply.status,
    ...(reply.errcode === undefined ? {} : { errcode: reply.errcode }),
    ...faultNote(fault)
  })

/** Sends the reply, applying the fault. */
export const send = (delivery: Delivery): Effect.Effect<void> => {
  const { exchange, fault, gate, reply, timer } = delivery
  // the reply is recorded before its last byte, so that whoever has read it finds it in the journal
  const noted = (sending: Effect.Effect<void>) => Effect.zipRight(note(delivery), sending)
  const whole = noted(Exchange.send(exchange, reply))
  switch (fault?._tag) {
    case "Reset":
      return Exchange.reset(exchange)
    case "Close":
      return Exchange.close(exchange)
    case "Truncate":
      return noted(Exchange.truncate(exchange, reply))
    case "Hold":
      return Effect.zipRight(Deferred.await(gate), whole)
    case "Delay":
      return Effect.zipRight(timer.sleepUntil(timer.start + Duration.toMillis(fault.duration)), whole)
    case "Drip": {
      const { pause, size } = fault
      return noted(Exchange.drip(exchange, reply, { size, pause, ...timer }))
    }
    default:
      return whole
  }
}
