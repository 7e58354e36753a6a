import * as Context from "effect/Context"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { Text } from "../language/language.js"

/** The options of a command that choose a mini program. */
export interface Target {
  readonly appid: Option.Option<string>
  readonly profile: Option.Option<string>
  readonly emulator: boolean
}

/** The mini program that a command works on. */
export class MiniProgram extends Context.Tag("@effect-wechat/cli/MiniProgram")<
  MiniProgram,
  {
    /** `undefined` if only an access token is known */
    readonly appid: string | undefined
    /** where its credential comes from */
    readonly source: Text
    /** the server that is called */
    readonly server: Text
    /** whether the token may belong to a third-party platform, which `update` requires */
    readonly isThirdParty: boolean
  }
>() {}

/** A mini program with its credential, before anything is sent. */
export interface Found {
  readonly appid: string | undefined
  readonly source: Text
  readonly baseUrl?: URL | undefined
  readonly credential:
    | { readonly appSecret: Redacted.Redacted<string> }
    | { readonly accessToken: Redacted.Redacted<string> }
}
