import * as Either from "effect/Either"
import { formatJson } from "../internal/formatJson.js"
import { shorten, tooDeep } from "../internal/issueLine.js"
import { fastDecodePlugins } from "./fastDecodePlugins.js"
import type { Plugin } from "./Plugin.js"
import { fromNumber } from "./statusNames.js"

type Json = { readonly [field: string]: unknown }

const record =
  "{ readonly appid: string; readonly status: number | string; readonly nickname?: string | null; readonly headimgurl?: string | null; readonly reason?: string | null }"
const list = `ReadonlyArray<${record}>`
const envelope = `{ readonly errcode?: 0 | "0"; readonly plugin_list: ${list} | null }`

/** Ends the decoding at the first fault. */
class Refusal {
  constructor(readonly issue: string) {}
}

const refuse = (path: string, expected: string, actual: unknown): never => {
  throw new Refusal(`${path}: Expected ${expected}, actual ${formatJson(actual)}`)
}

const isObject = (u: unknown): u is Json => typeof u === "object" && u !== null && !Array.isArray(u)

const isStatus = (value: unknown): boolean =>
  typeof value === "number" ? Number.isFinite(value) : /^\d{1,9}$/.test(String(value))

const checkRecord = (item: unknown, path: string): Json => {
  const plugin = isObject(item) ? item : refuse(path, record, item)
  for (const field of ["appid", "status"]) {
    if (!(field in plugin)) {
      throw new Refusal(`${path}.${field}: is missing`)
    }
    const value = plugin[field]
    if (typeof value !== "string" && (field === "appid" || typeof value !== "number")) {
      refuse(`${path}.${field}`, field === "appid" ? "string" : "number", value)
    }
    if (field === "status" && !isStatus(value)) {
      refuse(`${path}.status`, typeof value === "number" ? "a finite number" : "number", value)
    }
  }
  for (const field of ["nickname", "headimgurl", "reason"]) {
    const value = plugin[field]
    if (field in plugin && value !== null && typeof value !== "string") {
      refuse(`${path}.${field}`, "string", value)
    }
  }
  return plugin
}

const toPlugin = ({ appid, headimgurl, nickname, reason, status }: Json): Plugin => {
  const plugin = {
    appid: appid as string,
    status: fromNumber(Number(status)),
    nickname: (nickname ?? "") as string,
    headimgurl: (headimgurl ?? "") as string
  }
  return typeof reason === "string" ? { ...plugin, reason } : plugin
}

const decode = (body: unknown): ReadonlyArray<Plugin> => {
  const reply = isObject(body) ? body : refuse("the reply", envelope, body)
  const { errcode, plugin_list } = reply
  if ("errcode" in reply && errcode !== 0 && errcode !== "0") {
    refuse("errcode", "0", errcode)
  }
  // a reply with nothing but an errcode and an errmsg is an account without plugins
  if ("errcode" in reply && Object.keys(reply).every((key) => key === "errcode" || key === "errmsg")) {
    return []
  }
  if (!("plugin_list" in reply)) {
    throw new Refusal("plugin_list: is missing")
  }
  if (plugin_list === null) {
    return []
  }
  const items: ReadonlyArray<unknown> = Array.isArray(plugin_list)
    ? plugin_list
    : refuse("plugin_list", list, plugin_list)
  return Array.from(items, (item, at) => toPlugin(checkRecord(item, `plugin_list.${at}`)))
}

/**
 * Decodes the reply of `getPluginList` exactly as its Schema does, and says the same about a reply that is not as documented; a property test
 * compares them. By this, a program that only lists plugins does not load Schema, which is a fifth of its size.
 */
export const decodePlugins = (body: unknown): Either.Either<ReadonlyArray<Plugin>, string> => {
  const plugins = fastDecodePlugins(body)
  if (plugins !== undefined) {
    return Either.right(plugins)
  }
  try {
    return Either.right(decode(body))
  } catch (thrown) {
    return Either.left(thrown instanceof Refusal ? shorten(thrown.issue) : tooDeep)
  }
}
