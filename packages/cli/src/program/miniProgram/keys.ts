/** Which keys the config file may have. The Schema reads the values; of a wrong key it could only say that the profile is wrong. */
import * as Predicate from "effect/Predicate"
import type { Text } from "../language/language.js"
import { didYouMean, list } from "../language/suggest.js"

export interface Problem {
  readonly text: Text
  readonly hint: Text
}

const none: Text = { zh: "", en: "" }

const unknownKey = (value: object, allowed: ReadonlyArray<string>, path: string): Problem | undefined => {
  const key = Object.keys(value).find((key) => !allowed.includes(key))
  const all = list(allowed)
  return key === undefined
    ? undefined
    : {
        text: { zh: `没有名为 ${path}${key} 的键`, en: `there is no key ${path}${key}` },
        hint: {
          zh: `${didYouMean(key, allowed, none).zh}可用的键：${all.zh}。`,
          en: `${didYouMean(key, allowed, none).en} The keys here are ${all.en.replace(" or ", " and ")}.`.trim()
        }
      }
}

const credentials = ["secret", "accessToken"] as const

const problemOf = (name: string, profile: unknown): Problem | undefined => {
  if (!Predicate.isRecord(profile)) {
    return undefined
  }
  const path = `profiles.${name}`
  const unknown = unknownKey(profile, ["appid", "baseUrl", ...credentials], `${path}.`)
  if (unknown !== undefined) {
    return unknown
  }
  const given = credentials.filter((key) => key in profile)
  if (given.length !== 1) {
    const both = given.length > 1
    return {
      text: {
        zh: `${path} ${both ? "同时有 secret 与 accessToken" : "没有 secret 或 accessToken"}`,
        en: `${path} has ${both ? "both a secret and an accessToken" : "neither a secret nor an accessToken"}`
      },
      hint: { zh: "二者应恰好有一个。", en: "It needs one of them." }
    }
  }
  const secret = profile[given[0]!]
  return Predicate.isRecord(secret) ? unknownKey(secret, ["command"], `${path}.${given[0]}.`) : undefined
}

/** The first key that is wrong. Names of profiles are free. */
export const check = (settings: unknown): Problem | undefined => {
  if (!Predicate.isRecord(settings)) {
    return undefined
  }
  const unknown = unknownKey(settings, ["default", "profiles"], "")
  const profiles = settings["profiles"]
  return (
    unknown ??
    (Predicate.isRecord(profiles)
      ? Object.entries(profiles).reduce<Problem | undefined>(
          (found, [name, profile]) => found ?? problemOf(name, profile),
          undefined
        )
      : undefined)
  )
}

const expectations: Readonly<Record<string, Text>> = {
  "/": { zh: "应为 JSON 对象", en: "must be a JSON object" },
  default: { zh: "应为一个配置的名称", en: "must be the name of a profile" },
  profiles: { zh: "应为 JSON 对象", en: "must be a JSON object" },
  appid: { zh: "应为小程序的 appid", en: "must be the appid of a mini program" },
  baseUrl: { zh: "应为 URL，如 https://api.weixin.qq.com", en: "must be a URL, such as https://api.weixin.qq.com" },
  secret: { zh: '应为文本或 { "command": "…" }', en: 'must be text or { "command": "…" }' },
  accessToken: { zh: '应为文本或 { "command": "…" }', en: 'must be text or { "command": "…" }' },
  command: { zh: "应为一个 shell 命令", en: "must be a command of the shell" }
}

/** What a value has to be, by the last part of its path. */
export const expected = (place: string): Text => {
  const { en, zh } = expectations[place.split(".").at(-1)!] ?? { zh: "应为 JSON 对象", en: "must be a JSON object" }
  return { zh: `${place} ${zh}`, en: `${place} ${en}` }
}

/** Whether the place is in the file: the Schema names those of both kinds of profiles. */
export const has = (settings: unknown, place: string): boolean => {
  const [, name = "", key] = /^profiles\.(.*)\.(secret|accessToken)$/s.exec(place) ?? []
  const profile = key !== undefined && Predicate.isRecord(settings) && (settings["profiles"] as object)[name as never]
  return key === undefined || (Predicate.isRecord(profile) && key in profile)
}
