import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import type { ApiSecurity } from "../../World.js"
import { byAppid } from "../domain/miniPrograms.js"
import * as Operations from "../domain/operations.js"
import type { State } from "../domain/state.js"
import { type Handling, header, type Request } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import * as Credential from "./credential.js"
import * as Sealing from "./sealing.js"

/** A request after its signature was checked and its body decrypted, and what to do with its reply. */
interface Admission {
  readonly request: Request
  readonly secure: (handling: Handling) => Handling
}

const toleranceSeconds = 300

/** The URLs that a client may have signed: it signs `https` if a TLS proxy forwards its request to the emulator. */
const schemes = ["http", "https"]

/** Checks the headers, the signature and the age of a call. Returns the binding that was signed, or the errcode that refuses the call. */
const verify = (
  request: Request,
  { publicKey }: ApiSecurity,
  caller: string,
  isKnown: (appid: string) => boolean
): Either.Either<Sealing.Binding, number> => {
  const appid = header(request, "wechatmp-appid")
  const timestamp = header(request, "wechatmp-timestamp")
  const signature = header(request, "wechatmp-signature")
  const checks: ReadonlyArray<readonly [isWrong: boolean, errcode: number]> = [
    [appid === "", 40233],
    [timestamp === "", 40231],
    [signature === "", 40232],
    [!isKnown(appid), 40236],
    [appid !== caller, 40237]
  ]
  const wrong = checks.find(([isWrong]) => isWrong)
  if (wrong !== undefined) {
    return Either.left(wrong[1])
  }
  if (publicKey === undefined) {
    return Either.left(40239)
  }
  const body = Json.text(request.body)
  const signed = schemes
    .map((scheme) => ({ urlpath: `${scheme}://${header(request, "host")}${request.path}`, appid, timestamp }))
    .find((binding) => Sealing.isSignedBy(publicKey, binding, body, signature))
  if (signed === undefined) {
    return Either.left(40234)
  }
  return Math.abs(request.now / 1000 - Number(timestamp)) <= toleranceSeconds
    ? Either.right(signed)
    : Either.left(40240)
}

/** The decrypted fields, without those that only bind them to the call. */
const plaintextOf = (
  request: Request,
  { symmetricKey }: ApiSecurity,
  binding: Sealing.Binding
): Either.Either<Json.JsonObject, number> => {
  if (symmetricKey === undefined) {
    return Either.left(40238)
  }
  return Sealing.decrypt(symmetricKey, binding, Json.text(request.body)).pipe(
    Option.filter(
      ({ _appid, _n, _timestamp }) =>
        _appid === binding.appid && _timestamp === Number(binding.timestamp) && typeof _n === "string"
    ),
    Option.map(({ _appid, _n, _timestamp, ...fields }) => fields),
    Either.fromOption(() => 40235)
  )
}

/** Encrypts and signs a reply. While WeChat replaces its key, the reply is signed with both. */
const seal =
  (
    { now }: Request,
    { deprecatedWechatKey, symmetricKey, wechatKey }: ApiSecurity,
    { appid, urlpath }: Sealing.Binding
  ): ((reply: Reply.Reply) => Reply.Reply) =>
  (reply) => {
    const seconds = Math.floor(now / 1000)
    const binding = { urlpath, appid, timestamp: String(seconds) }
    const answer = Json.parseObject(Json.text(reply.body))
    if (symmetricKey === undefined || Option.isNone(answer)) {
      return reply
    }
    const plaintext = { _n: Sealing.nonce(), _appid: appid, _timestamp: seconds, ...answer.value }
    const body = Sealing.encrypt(symmetricKey, binding, JSON.stringify(plaintext))
    return {
      ...reply,
      headers: {
        ...reply.headers,
        "wechatmp-appid": appid,
        "wechatmp-timestamp": binding.timestamp,
        "wechatmp-serial": wechatKey.sn,
        "wechatmp-signature": Sealing.sign(wechatKey.privateKey, binding, body),
        ...(deprecatedWechatKey === undefined
          ? {}
          : {
              "wechatmp-serial-deprecated": deprecatedWechatKey.sn,
              "wechatmp-signature-deprecated": Sealing.sign(deprecatedWechatKey.privateKey, binding, body)
            })
      },
      body: Json.bytes(body)
    }
  }

const unchanged = (request: Request): Admission => ({ request, secure: (handling) => handling })

const refused = (request: Request, errcode: number): Admission => ({
  request,
  secure: (handling) => ({
    ...handling,
    reply: Effect.succeed(Reply.httpsAnswer(Reply.refusal(errcode, request.rid)))
  })
})

const opened = (
  request: Request,
  security: ApiSecurity,
  binding: Sealing.Binding,
  fields: Json.JsonObject
): Admission => {
  const sealed = seal(request, security, binding)
  return {
    request: { ...request, body: Json.bytes(JSON.stringify(fields)) },
    secure: (handling) => ({
      ...handling,
      rawBody: Json.text(request.body),
      reply: Effect.map(handling.reply, sealed),
      wrap: (...args) => sealed(handling.wrap(...args))
    })
  }
}

/**
 * Checks and decrypts a call of a mini program that has API security, and seals its reply. A call with a refused credential passes
 * unchanged: the endpoint refuses it, without a signature.
 */
export const admit: (state: State, request: Request) => Effect.Effect<Admission> = Effect.fnUntraced(
  function* (state, request) {
    if (!Operations.isPath(request.path)) {
      return unchanged(request)
    }
    const credential = Credential.read(request.query, ["access_token", "cloudbase_access_token"])
    const caller = yield* Credential.resolve(state, credential, request.now)
    if (Either.isLeft(caller)) {
      return unchanged(request)
    }
    const { miniPrograms } = yield* Ref.get(state.world)
    const { appid } = caller.right
    const security = byAppid(miniPrograms).get(appid)?.apiSecurity
    if (security === undefined) {
      // without a public key no signature can be valid
      return header(request, "wechatmp-signature") === "" ? unchanged(request) : refused(request, 40239)
    }
    const isKnown = (appid: string) => byAppid(miniPrograms).has(appid)
    const opening = Either.gen(function* () {
      const binding = yield* verify(request, security, appid, isKnown)
      return opened(request, security, binding, yield* plaintextOf(request, security, binding))
    })
    return Either.getOrElse(opening, (errcode) => refused(request, errcode))
  }
)
