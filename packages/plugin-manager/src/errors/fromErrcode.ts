import { commonClasses } from "./common.js"
import { type ErrcodeClass, type ErrcodeReply, UnknownErrcode } from "./ErrcodeError.js"
import { CredentialRejected, InvalidAppSecret } from "./general.js"
import type { CommonError } from "./union.js"

/** What is read of a transport's reply. */
type Reply = Omit<ErrcodeReply, "api" | "isRetryable"> & { readonly body: unknown }

const byCode = <Error>(classes: ReadonlyArray<ErrcodeClass<Error>>): ReadonlyMap<number, ErrcodeClass<Error>> =>
  new Map(classes.flatMap((Class) => Class.codes.map((code) => [code, Class] as const)))

/** 40001 means a rejected token, except from the endpoints that hand out tokens: there the secret is wrong. */
const common: ReadonlyMap<number, ErrcodeClass<CommonError>> = byCode<CommonError>([
  ...commonClasses,
  CredentialRejected
])

/** Makes the function that turns a reply with an errcode into the error of an operation with these declared classes. */
export const fromErrcode = <Error>(
  { api, idempotent }: { readonly api: string; readonly idempotent: boolean },
  classes: ReadonlyArray<ErrcodeClass<Error>>
): ((reply: Reply) => Error | CommonError) => {
  const declared = byCode(classes)

  const classOf = ({ endpoint, errcode }: Reply): ErrcodeClass<Error | CommonError> =>
    errcode === 40001 && endpoint === "credential"
      ? InvalidAppSecret
      : (declared.get(errcode) ?? common.get(errcode) ?? UnknownErrcode)

  return (reply) => {
    const Class = classOf(reply)
    const { body: _, ...fields } = reply
    return Class.fromReply({ api, ...fields, isRetryable: idempotent && Class.isTransient })
  }
}
