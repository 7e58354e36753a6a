import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Fault } from "../../Fault.js"
import type { EntryRecord } from "./journal.js"
import * as Exchange from "../http/exchange.js"
import type { Visit } from "../http/endpoint.js"
import { errorReply } from "../endpoints/gateway.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import type { Exchange as Connection } from "../http/server.js"
import type { Time } from "../domain/time.js"

/** What is to be replied, when the fault does not put its own reply in the place. */
export const replyOf = (visit: Visit, fault: Fault | undefined, rid: string): Effect.Effect<Reply.Reply> => {
  switch (fault?._tag) {
    case "Errcode": {
      const { errcode, errmsg } = fault
      const answer = errmsg === undefined ? Reply.refusal(errcode, rid) : { errcode, errmsg }
      return Effect.succeed(visit.wrap(JSON.stringify(answer), Reply.wechatJson, errcode))
    }
    case "Body":
      return Effect.succeed(visit.wrap(fault.body, fault.contentType, undefined))
    case "Raw":
      return Effect.succeed({ status: fault.status, headers: fault.headers, body: Json.bytes(fault.body) })
    case "GatewayError":
      return Effect.succeed(errorReply(fault.errorCode))
    default:
      return visit.reply
  }
}

export interface Transmission {
  readonly connection: Connection
  readonly record: EntryRecord
  readonly reply: Reply.Reply
  readonly fault: Fault | undefined
  readonly start: number
  readonly time: Time
  readonly gate: Deferred.Deferred<void>
}

export const faultNote = (fault: Fault | undefined): { readonly fault?: string } =>
  fault === undefined ? {} : { fault: fault._tag.replace(/^./, (first) => first.toLowerCase()) }

/** Notes the reply before its last byte: who has read it must find it in the journal. */
const note = ({ fault, record, reply }: Transmission): Effect.Effect<void> =>
  record.reply({
    status: reply.status,
    ...(reply.errcode === undefined ? {} : { errcode: reply.errcode }),
    ...faultNote(fault)
  })

/** Brings the reply to the client, or not, as the fault will have it. */
export const transmit = (transmission: Transmission): Effect.Effect<void> => {
  const { connection, fault, gate, reply, start, time } = transmission
  const noted = (delivery: Effect.Effect<void>) => Effect.zipRight(note(transmission), delivery)
  const send = noted(Exchange.send(connection, reply))
  switch (fault?._tag) {
    case "Reset":
      return Exchange.reset(connection)
    case "Close":
      return Exchange.close(connection)
    case "Truncate":
      return noted(Exchange.truncate(connection, reply))
    case "Hold":
      return Effect.zipRight(Deferred.await(gate), send)
    case "Delay":
      return Effect.zipRight(time.sleepUntil(start + Duration.toMillis(fault.duration)), send)
    case "Drip":
      return noted(Exchange.drip(connection, reply, { size: fault.size, pause: fault.pause, start, time }))
    default:
      return send
  }
}
