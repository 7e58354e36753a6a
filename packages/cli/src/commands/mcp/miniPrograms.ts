/** The mini programs that the tools work on. Each keeps its token from one call to the next. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as RcMap from "effect/RcMap"
import { UsageError } from "../../program/failure/errors.js"
import { layerOfTarget, type Services } from "../../program/miniProgram/miniProgram.js"
import type { Target } from "../../program/miniProgram/target.js"

const onlyOne = (given: string) =>
  new UsageError({
    text: {
      zh: `这个服务只用于启动时指定的小程序，不能使用配置 ${given}`,
      en: `this server is for the mini program that it was started with, and not for profile ${given}`
    },
    hint: {
      zh: "去掉 profile 参数；或不带 --profile、--appid 与 --emulator 启动服务。",
      en: "Leave out the argument profile, or start the server without --profile, --appid and --emulator."
    }
  })

export const make = (target: Target) =>
  Effect.gen(function* () {
    const isFixed = target.emulator || Option.isSome(target.appid) || Option.isSome(target.profile)
    const built = yield* RcMap.make({
      lookup: (profile: string) =>
        Layer.build(layerOfTarget(profile === "" ? target : { ...target, profile: Option.some(profile) })),
      idleTimeToLive: "1 hour"
    })
    /** Runs an effect for the profile, or for the mini program of the command's own options. */
    return <A, E, R extends Services>(profile: string | undefined, effect: Effect.Effect<A, E, R>) =>
      Effect.scoped(
        Effect.gen(function* () {
          if (isFixed && profile !== undefined && !Option.contains(target.profile, profile)) {
            return yield* onlyOne(profile)
          }
          const key = isFixed ? "" : (profile ?? "")
          // whoever corrects the config file need not start the server again
          const services = yield* Effect.tapError(RcMap.get(built, key), () => RcMap.invalidate(built, key))
          return yield* Effect.provide(effect, services)
        })
      )
  })

export type InMiniProgram = Effect.Effect.Success<ReturnType<typeof make>>
