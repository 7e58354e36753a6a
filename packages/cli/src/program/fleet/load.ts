/** Loads `@effect-wechat/fleet`, which is not a part of this command: its engine and its driver are larger than all of it. */
import type * as Fleet from "@effect-wechat/fleet"
import * as Effect from "effect/Effect"
import { createRequire } from "node:module"
import { CliError } from "../failure/errors.js"
import * as Process from "../output/process.js"

export type FleetModule = typeof Fleet

const name = "@effect-wechat/fleet"

const notInstalled = new CliError({
  category: "usage",
  text: { zh: `没有安装 ${name}`, en: `${name} is not installed` },
  hint: {
    zh: `在安装 wechat-plugin 的地方执行 npm install ${name}（全局安装时加 -g）。`,
    en: `Run npm install ${name} where wechat-plugin is installed (with -g if it is global).`
  }
})

const broken = (error: unknown) => {
  const [, missing] = /Cannot find (?:module|package) '([^']+)'/.exec(String(error)) ?? []
  return new CliError({
    category: "usage",
    text: {
      zh: `无法加载 ${name}${missing === undefined ? "" : `：缺少 ${missing}`}`,
      en: `${name} cannot be loaded${missing === undefined ? "" : `: ${missing} is missing`}`
    },
    hint: { zh: `重新执行 npm install ${name}。`, en: `Run npm install ${name} again.` }
  })
}

/** What resolves modules as a file beside this command would, then as one in the current folder would. */
const places = () => [import.meta.url, `${Process.folder()}/_.js`].map((place) => createRequire(place))

const canResolve = (require: NodeJS.Require) => {
  try {
    return require.resolve(name) !== ""
  } catch {
    return false
  }
}

/** By `require`, which takes the same copy of `effect` for all that belongs to it. */
export const load: Effect.Effect<FleetModule, CliError> = Effect.suspend(() => {
  const require = places().find(canResolve)
  return require === undefined ? notInstalled : Effect.try({ try: () => require(name) as FleetModule, catch: broken })
})
