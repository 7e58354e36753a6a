import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import { warnOnce } from "../../warnOnce.js"
import type { TokenContext } from "../context.js"

/** How the user of a platform reads and keeps refresh tokens. */
export interface RefreshTokens {
  readonly read: (appId: string) => Effect.Effect<Redacted.Redacted<string>, WechatTransportError>
  /** fails if it could not be kept, without why */
  readonly keep: (appId: string, refreshToken: Redacted.Redacted<string>) => Effect.Effect<void, void>
}

/** Soon at first, since the process may end; at most once a minute. */
const untilKept = Schedule.exponential("1 second").pipe(Schedule.union(Schedule.spaced("1 minute")), Schedule.jittered)

/**
 * WeChat may send a new refresh token with an access token, and then may accept no other. One that could not be kept is used from here, and is
 * offered again until it is kept: losing it means that the mini program has to authorize the platform anew.
 */
export const make = Effect.fnUntraced(function* ({ runtime, scope }: TokenContext, { keep, read }: RefreshTokens) {
  const unkept = new Map<string, Redacted.Redacted<string>>()

  const isNewest = (appId: string, refreshToken: Redacted.Redacted<string>) => unkept.get(appId) === refreshToken

  const offer = (appId: string, refreshToken: Redacted.Redacted<string>) =>
    Effect.tap(keep(appId, refreshToken), () =>
      Effect.sync(() => {
        if (isNewest(appId, refreshToken)) {
          unkept.delete(appId)
        }
      })
    )

  const offerUntilKept = (appId: string, refreshToken: Redacted.Redacted<string>) =>
    Effect.suspend(() => (isNewest(appId, refreshToken) ? offer(appId, refreshToken) : Effect.void)).pipe(
      Effect.delay(Duration.seconds(1)),
      Effect.retry(untilKept),
      Effect.ignore
    )

  yield* Scope.addFinalizer(
    scope,
    Effect.suspend(() => Effect.forEach(unkept, ([appId, refreshToken]) => Effect.ignore(keep(appId, refreshToken))))
  )

  return {
    read: (appId: string): Effect.Effect<Redacted.Redacted<string>, WechatTransportError> =>
      Effect.suspend(() => {
        const newest = unkept.get(appId)
        return newest === undefined ? read(appId) : Effect.succeed(newest)
      }),

    /** Succeeds in any case, so that the access token which came with it is not lost. */
    keep: (appId: string, refreshToken: Redacted.Redacted<string>): Effect.Effect<void> =>
      Effect.suspend(() => {
        unkept.set(appId, refreshToken)
        const { warn } = warnOnce(
          `onRefreshToken failed for ${appId}: the new refresh token is kept in memory and offered again until it is taken.`
        )
        return Effect.catchAll(offer(appId, refreshToken), () =>
          Effect.zipRight(
            warn(),
            Effect.sync(() => {
              Runtime.runFork(runtime)(offerUntilKept(appId, refreshToken), { scope })
            })
          )
        )
      })
  }
})

export type KeptRefreshTokens = Effect.Effect.Success<ReturnType<typeof make>>
