/**
 * WeChat's HTTPS API and the port `Transport` speak snake_case. wx-server-sdk speaks camelCase in both directions and writes its own envelope. It
 * converts keys by `/_[a-z]/g`; an underscore before every capital reverses that.
 */

const keyToCamel = (key: string) => key.replace(/_[a-z]/g, (match) => match.charAt(1).toUpperCase())

const keyToSnake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A JSON object of any realm, but no Buffer and no Date. */
const isRecord = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

type Text = (text: string) => string

const convert = (value: unknown, key: Text, text: Text): unknown =>
  typeof value === "string"
    ? text(value)
    : typeof value !== "object" || value === null
      ? value
      : Array.isArray(value)
        ? value.map((item) => convert(item, key, text))
        : isRecord(value)
          ? Object.fromEntries(
              Object.entries(value).map(([name, field]) => [text(key(name)), convert(field, key, text)])
            )
          : value

const unchanged: Text = (text) => text

/** Converts the keys of a request, at every level. */
export const toCamel = (value: unknown): unknown => convert(value, keyToCamel, unchanged)

/** Converts the keys of a reply, at every level. Its keys and texts go through `text`, which redacts them. */
export const toSnake = (value: unknown, text: Text = unchanged): unknown => convert(value, keyToSnake, text)

/**
 * The SDK's result as WeChat's JSON. It is a success only if `errMsg` ends in `:ok` and the reply was JSON: the SDK also reports `:ok` for an
 * empty body (`buffer`) and for plain text (`result`). Otherwise the body gets no errcode, so that it cannot be taken for an empty list or a
 * change that was made. `{}` cannot be told from a success.
 */
export const toBody = (result: unknown, text: Text): unknown => {
  if (typeof result !== "object" || result === null || Array.isArray(result)) {
    return toSnake(result, text)
  }
  const { errCode, errMsg, ...rest }: { readonly errCode?: unknown; readonly errMsg?: unknown } = result
  const isJson = !("buffer" in rest || "result" in rest)
  const isOk = isJson && errCode === 0 && typeof errMsg === "string" && errMsg.endsWith(":ok")
  return { ...(isOk ? { errcode: 0, errmsg: "ok" } : {}), ...(toSnake(rest, text) as object) }
}
