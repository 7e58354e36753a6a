/**
 * WeChat's HTTPS API and our port speak snake_case, wx-server-sdk speaks camelCase on both sides and writes its own
 * envelope. Its rule for keys is `/_[a-z]/g`, which an underscore before every capital turns back.
 */

const keyToCamel = (key: string) => key.replace(/_[a-z]/g, (match) => match.charAt(1).toUpperCase())

const keyToSnake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A record as JSON has it, whatever realm it comes from: no Buffer, no Date. */
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
          ? Object.fromEntries(Object.entries(value).map(([name, field]) => [key(name), convert(field, key, text)]))
          : value

const unchanged: Text = (text) => text

/** The keys of a request, all the way down. */
export const toCamel = (value: unknown): unknown => convert(value, keyToCamel, unchanged)

/** The keys of a reply, all the way down; its texts go through `text`. */
export const toSnake = (value: unknown, text: Text = unchanged): unknown => convert(value, keyToSnake, text)

/**
 * What the SDK resolved with as WeChat's JSON. Only an `errMsg` that ends in `:ok` is a success by its own words, and only over
 * JSON, since it says so of an empty body (`buffer`) and of plain text (`result`) too: without it the body gets no errcode, so
 * that it cannot pass for an account without entries, nor for a change that was made. Of `{}` it keeps nothing to tell by.
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
