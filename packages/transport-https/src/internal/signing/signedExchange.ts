import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Exit from "effect/Exit"
import { type Answer, type Exchange, NoAnswer } from "../http/exchange.js"
import { parseJson } from "../http/parseJson.js"
import { runAs } from "../http/runAs.js"
import { warnOnce } from "../warnOnce.js"
import { type Binding, decrypt, isSigned, seal } from "./sealing.js"
import type { Keys } from "./keys.js"

/** How far WeChat's time and ours may be apart; WeChat's own sample has the same. */
const tolerance = Duration.toSeconds("5 minutes")

const now = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

/**
 * Whether a reply without a signature refuses the call itself: its credential, its signature or its quota. An operation's own errcode is not
 * such a refusal, and text that is not JSON fails further on.
 */
const isRefusal = ({ text }: Answer) =>
  Either.match(parseJson(text), {
    onLeft: () => true,
    onRight: (json) => {
      const { errcode } = Transport.reply(json)
      return errcode === -1 || (errcode >= 40000 && errcode < 70000)
    }
  })

const isUnsigned = ({ header }: Answer) =>
  header("wechatmp-signature") === undefined && header("wechatmp-signature-deprecated") === undefined

/** The signature by the key that we have, which is either the newest or the one that WeChat is about to replace. */
const signatureOf = ({ header }: Answer, sn: string) =>
  ["", "-deprecated"]
    .filter((which) => header(`wechatmp-serial${which}`) === sn)
    .map((which) => ({ signature: header(`wechatmp-signature${which}`) ?? "", isDeprecated: which !== "" }))[0]

const withoutSecurity = (keys: Keys, { timestamp }: Binding, plaintext: string) =>
  Either.flatMap(parseJson(plaintext), (json) => {
    const { _appid, _n, _timestamp, ...reply }: Record<string, unknown> = Object(json)
    return _appid === keys.appId && _timestamp === timestamp
      ? Either.right(JSON.stringify(reply))
      : Either.left("not of this call")
  })

/** How many replies are remembered at most. With more than this in ten minutes, the oldest are forgotten. */
const remembered = 100_000

/** Refuses a reply that came before: for some minutes its signature is valid for any request to the same URL. */
class Replays {
  private readonly seen = new Map<string, number>()

  isNew(base64: string, timestamp: number, now: number): boolean {
    // decoded, since base64 can write the same bytes in several ways
    const signature = Either.match(Encoding.decodeBase64(base64), {
      onLeft: () => base64,
      onRight: Encoding.encodeBase64
    })
    if (this.seen.has(signature)) {
      return false
    }
    for (const [oldest, time] of this.seen) {
      if (this.seen.size < remembered && time + tolerance >= now) {
        break
      }
      this.seen.delete(oldest)
    }
    this.seen.set(signature, timestamp)
    return true
  }
}

export const make = (keys: Keys): ((exchange: Exchange) => Exchange) => {
  const { sn } = keys.wechatKey
  const { warn } = warnOnce(
    `WeChat is about to replace its certificate ${sn}: download the new one in WeChat's admin console, and give its public key and number to RequestSigning.`
  )
  const replays = new Replays()

  /** Verifies and decrypts a reply, or says why it is refused. */
  const open = Effect.fnUntraced(function* (urlpath: string, answer: Answer) {
    const { header, text } = answer
    const timestamp = Number(header("wechatmp-timestamp"))
    const binding = { urlpath, timestamp }
    if (header("wechatmp-appid") !== keys.appId) {
      return yield* Effect.fail("it is for another appid")
    }
    const found = signatureOf(answer, sn)
    if (found === undefined) {
      return yield* Effect.fail(`it is not signed with the key ${sn} of WeChat`)
    }
    if (!(yield* isSigned(keys, binding, text, found.signature))) {
      return yield* Effect.fail("its signature is not that of WeChat's key")
    }
    if (!(Math.abs((yield* now) - timestamp) <= tolerance)) {
      return yield* Effect.fail("its time is more than five minutes from ours")
    }
    if (!replays.isNew(found.signature, timestamp, yield* now)) {
      return yield* Effect.fail("it is a copy of an earlier reply")
    }
    const plaintext = yield* decrypt(keys, binding, text)
    const reply = yield* Either.mapLeft(
      withoutSecurity(keys, binding, plaintext),
      () => "what was encrypted has another appid or time than its headers"
    )
    if (found.isDeprecated) {
      yield* warn()
    }
    return { ...answer, text: reply }
  })

  const verified = (urlpath: string, answer: Answer): Effect.Effect<Answer, string> =>
    isUnsigned(answer)
      ? isRefusal(answer)
        ? Effect.succeed(answer)
        : Effect.fail("it is not signed")
      : open(urlpath, answer)

  return (exchange) =>
    (url, json = "{}", caller, onEnd) => {
      const [urlpath = url] = url.split("?")
      const call = Effect.gen(function* () {
        const { body, headers } = yield* seal(keys, { urlpath, timestamp: yield* now }, json)
        const outcome = yield* Effect.async<Answer | NoAnswer>((resume) => {
          const giveUp = exchange(url, body, caller, (outcome) => resume(Effect.succeed(outcome)), headers)
          return Effect.sync(giveUp)
        })
        return outcome instanceof NoAnswer ? outcome : yield* verified(urlpath, outcome)
      }).pipe(
        Effect.catchAll((why) => Effect.succeed(new NoAnswer("signature", `the reply cannot be trusted: ${why}`)))
      )
      const cannot = () => new NoAnswer("signature", "the call cannot be signed, or its reply not opened")
      // a defect must not leave the fiber: Effect logs its cause
      const safe = Effect.catchAllDefect(call, () => Effect.sync(cannot))
      return runAs(caller, safe, (exit) => {
        onEnd(Exit.isSuccess(exit) ? exit.value : cannot())
      })
    }
}
