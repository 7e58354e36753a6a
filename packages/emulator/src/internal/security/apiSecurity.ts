import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import type { ApiSecurity } from "../domain/schema.js"
import * as Credential from "./credential.js"
import type { Inbound, Visit } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import * as Sealing from "./sealing.js"
import type { State } from "../domain/state.js"

/** A request as an endpoint gets to see it, and what becomes of the visit that the endpoint makes of it. */
interface Admission {
  readonly inbound: Inbound
  readonly around: (visit: Visit) => Visit
}

const paths: ReadonlyArray<string> = ["/wxa/plugin", "/wxa/devplugin"]

const toleranceSeconds = 300

const header = ({ headers }: Inbound, name: string): string => String(headers[name] ?? "")

const circumstancesOf = (inbound: Inbound): Sealing.Circumstances => ({
  urlpath: `http://${header(inbound, "host")}${inbound.path}`,
  appid: header(inbound, "wechatmp-appid"),
  timestamp: header(inbound, "wechatmp-timestamp")
})

/** The errcode that the headers, the signature or the age of a call are refused with. */
const refusal = (
  inbound: Inbound,
  { publicKey }: ApiSecurity,
  caller: string,
  isKnown: (appid: string) => boolean
): number | undefined => {
  const circumstances = circumstancesOf(inbound)
  const { appid, timestamp } = circumstances
  const signature = header(inbound, "wechatmp-signature")
  const checks: ReadonlyArray<readonly [isWrong: () => boolean, errcode: number]> = [
    [() => appid === "", 40233],
    [() => timestamp === "", 40231],
    [() => signature === "", 40232],
    [() => !isKnown(appid), 40236],
    [() => appid !== caller, 40237],
    [() => publicKey === undefined, 40239],
    [() => !Sealing.isSignedBy(publicKey ?? "", circumstances, Json.text(inbound.body), signature), 40234],
    [() => !(Math.abs(inbound.now / 1000 - Number(timestamp)) <= toleranceSeconds), 40240]
  ]
  return checks.find(([isWrong]) => isWrong())?.[1]
}

/** What was encrypted, without the fields that only bind it to the call. */
const plaintextOf = (inbound: Inbound, { symmetricKey }: ApiSecurity): Either.Either<Json.JsonObject, number> => {
  if (symmetricKey === undefined) {
    return Either.left(40238)
  }
  const circumstances = circumstancesOf(inbound)
  return Sealing.decrypt(symmetricKey, circumstances, Json.text(inbound.body)).pipe(
    Option.filter(
      ({ _appid, _n, _timestamp }) =>
        _appid === circumstances.appid && _timestamp === Number(circumstances.timestamp) && typeof _n === "string"
    ),
    Option.map(({ _appid, _n, _timestamp, ...fields }) => fields),
    Either.fromOption(() => 40235)
  )
}

/** Encrypts and signs a reply; with both certificates while one takes the place of the other. */
const seal = (inbound: Inbound, { deprecatedPlatformKey, platformKey, symmetricKey }: ApiSecurity) => {
  const { appid, urlpath } = circumstancesOf(inbound)
  return (reply: Reply.Reply): Reply.Reply => {
    const seconds = Math.floor(inbound.now / 1000)
    const circumstances = { urlpath, appid, timestamp: String(seconds) }
    const answer = Json.parseObject(Json.text(reply.body))
    if (symmetricKey === undefined || Option.isNone(answer)) {
      return reply
    }
    const plaintext = { _n: Sealing.nonce(), _appid: appid, _timestamp: seconds, ...answer.value }
    const body = Sealing.encrypt(symmetricKey, circumstances, JSON.stringify(plaintext))
    return {
      ...reply,
      headers: {
        ...reply.headers,
        "wechatmp-appid": appid,
        "wechatmp-timestamp": circumstances.timestamp,
        "wechatmp-serial": platformKey.sn,
        "wechatmp-signature": Sealing.sign(platformKey.privateKey, circumstances, body),
        ...(deprecatedPlatformKey === undefined
          ? {}
          : {
              "wechatmp-serial-deprecated": deprecatedPlatformKey.sn,
              "wechatmp-signature-deprecated": Sealing.sign(deprecatedPlatformKey.privateKey, circumstances, body)
            })
      },
      body: Json.bytes(body)
    }
  }
}

const asItIs = (inbound: Inbound): Admission => ({ inbound, around: (visit) => visit })

const refused = (inbound: Inbound, errcode: number): Admission => ({
  inbound,
  around: (visit) => ({ ...visit, reply: Effect.succeed(Reply.httpsAnswer(Reply.refusal(errcode, inbound.rid))) })
})

const opened = (inbound: Inbound, security: ApiSecurity, fields: Json.JsonObject): Admission => {
  const sealed = seal(inbound, security)
  return {
    inbound: { ...inbound, body: Json.bytes(JSON.stringify(fields)) },
    around: (visit) => ({
      ...visit,
      rawBody: Json.text(inbound.body),
      reply: Effect.map(visit.reply, sealed),
      wrap: (...words) => sealed(visit.wrap(...words))
    })
  }
}

/**
 * Lets a call of the plugin API in: that of a mini program with API security has to be signed and encrypted, and its reply is, too. A
 * credential that is refused is refused first, by the endpoint itself and without a signature.
 */
export const admit: (state: State, inbound: Inbound) => Effect.Effect<Admission> = Effect.fnUntraced(
  function* (state, inbound) {
    if (!paths.includes(inbound.path)) {
      return asItIs(inbound)
    }
    const credential = Credential.read(inbound.query, ["access_token", "cloudbase_access_token"])
    const caller = yield* Credential.resolve(state, credential, inbound.now)
    if (Either.isLeft(caller)) {
      return asItIs(inbound)
    }
    const { miniPrograms } = yield* Ref.get(state.world)
    const { appid } = caller.right
    const security = miniPrograms.find((miniProgram) => miniProgram.appid === appid)?.apiSecurity
    if (security === undefined) {
      // nobody set keys, and so none of them can be the right one
      return header(inbound, "wechatmp-signature") === "" ? asItIs(inbound) : refused(inbound, 40239)
    }
    const isKnown = (appid: string) => miniPrograms.some((miniProgram) => miniProgram.appid === appid)
    const errcode = refusal(inbound, security, appid, isKnown)
    if (errcode !== undefined) {
      return refused(inbound, errcode)
    }
    return Either.match(plaintextOf(inbound, security), {
      onLeft: (errcode) => refused(inbound, errcode),
      onRight: (fields) => opened(inbound, security, fields)
    })
  }
)
