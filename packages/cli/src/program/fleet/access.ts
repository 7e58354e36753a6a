import type * as FleetSession from "@effect-wechat/fleet/FleetSession"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import { CliError } from "../failure/errors.js"
import { readSecret } from "../miniProgram/command.js"
import * as Environment from "../miniProgram/environment.js"
import * as Settings from "../miniProgram/settings.js"

/** Where a fleet is called, and with which secrets. */
export type Access = Pick<FleetSession.RunnerOptions, "baseUrl" | "credentials">

const withoutCredentials = new CliError({
  category: "credential",
  text: { zh: "没有任何小程序的凭证", en: "there is no credential of any mini program" },
  hint: {
    zh: "在配置文件的 profiles 中写入各小程序，或用 --emulator 试用。",
    en: "Add the mini programs to the profiles of the config file, or try --emulator."
  }
})

/** The mini programs of the config file, and that of the environment. One that is in neither has an error as its result. */
export const configured = Effect.gen(function* () {
  const { profiles } = yield* Settings.load
  const byAppid = new Map(Object.entries(profiles).map(([name, profile]) => [profile.appid, { name, profile }]))
  const own = Option.getOrUndefined(yield* Environment.appid)
  const ownSecret = own === undefined ? Option.none() : yield* Environment.appSecret
  const ownToken = own === undefined ? Option.none() : yield* Environment.accessToken
  if (byAppid.size === 0 && Option.isNone(ownSecret) && Option.isNone(ownToken)) {
    return yield* withoutCredentials
  }
  const run = Runtime.runPromise(yield* Effect.runtime<Effect.Effect.Context<ReturnType<typeof readSecret>>>())
  const read = (appId: string, field: "secret" | "accessToken"): Promise<string> | undefined => {
    const ofEnvironment = field === "secret" ? ownSecret : ownToken
    if (appId === own && Option.isSome(ofEnvironment)) {
      return Promise.resolve(Redacted.value(ofEnvironment.value))
    }
    const found = byAppid.get(appId)
    const secret =
      found === undefined
        ? undefined
        : (found.profile as Partial<Record<typeof field, typeof Settings.Secret.Type>>)[field]
    return found === undefined || secret === undefined
      ? undefined
      : run(Effect.map(readSecret(found.name, field, secret), Redacted.value))
  }
  const access: Access = {
    baseUrl: yield* Environment.baseUrl,
    credentials: {
      appSecret: (appId) => read(appId, "secret") ?? Promise.reject(new Error("no secret")),
      accessToken: (appId) => read(appId, "accessToken")
    }
  }
  return access
})
