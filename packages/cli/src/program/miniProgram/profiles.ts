/** The mini programs that the command knows, without their secrets. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Answers } from "../schema/answers.js"
import * as Environment from "./environment.js"
import * as Settings from "./settings.js"

const describe = (name: string, profile: Settings.Profile) => {
  const [credential, secret] =
    "secret" in profile ? (["secret", profile.secret] as const) : (["accessToken", profile.accessToken] as const)
  return {
    name,
    appid: profile.appid,
    credential,
    from: "command" in secret ? ("command" as const) : ("file" as const),
    ...(profile.baseUrl === undefined ? {} : { baseUrl: profile.baseUrl.origin })
  }
}

export const list = Effect.gen(function* () {
  const { default: name = null, profiles } = yield* Settings.load
  return {
    file: Option.getOrNull(yield* Settings.path),
    default: name,
    environment: Option.getOrNull(yield* Environment.appid),
    profiles: Object.entries(profiles).map(([name, profile]) => describe(name, profile))
  } satisfies typeof Answers.profiles.Type
})
