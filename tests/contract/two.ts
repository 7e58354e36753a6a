import { Emulator, World } from "@effect-wechat/emulator"
import { PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { it } from "@effect/vitest"
import { type Context, Effect, Layer, type Scope } from "effect"
import type { Subject } from "./subjects.js"
import { valueOf } from "./world.js"

/** Who applies, who decides, and plugins of every kind; the applicant may have two. */
export const world = World.make({
  miniPrograms: [
    { appid: "wx-applicant", env: "applicant-env", nickname: "申请方 & Co", pluginLimit: 2 },
    { appid: "wx-second", env: "second-env" },
    { appid: "wx-third", env: "third-env" },
    { appid: "wx-owner", env: "owner-env" }
  ],
  plugins: [
    { appid: "wx-plugin", owner: "wx-owner", versions: ["1.0.0", "2.2.46"], grayVersions: ["3.0.0"] },
    { appid: "wx-open", autoApproves: true },
    { appid: "wx-live", autoApproves: true, isLive: true },
    { appid: "wx-closed", refuses: 89236 },
    { appid: "wx-linked", refuses: 89245 },
    { appid: "wx-special", refuses: 89246 }
  ],
  components: [{ appid: "wx-component", authorizations: [{ appid: "wx-applicant" }] }]
})

type By = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, Exclude<R, Transport.Transport>>

/** Each over a transport of its own, which it keeps. */
export interface Two {
  readonly applicant: By
  readonly owner: By
}

export const as =
  (subject: Subject) =>
  (appid: string): Effect.Effect<By, never, Emulator.Emulator | Scope.Scope> =>
    Effect.map(
      Layer.build(subject.transport(appid)),
      (context: Context.Context<Transport.Transport>): By =>
        (effect) =>
          Effect.provide(effect, context)
    )

/** A test with a WeChat of its own, of two parties. */
export const testWith =
  (subject: Subject) =>
  (
    name: string,
    body: (two: Two) => Effect.Effect<void, unknown, Emulator.Emulator | Scope.Scope>,
    options: Emulator.Options = {}
  ): void =>
    it.scoped(name, () =>
      Effect.all({ applicant: as(subject)("wx-applicant"), owner: as(subject)("wx-owner") }).pipe(
        Effect.flatMap(body),
        Effect.provide(Emulator.layer({ world, ...options }))
      )
    )

export const apply =
  (pluginAppid: string) =>
  ({ applicant }: Two) =>
    applicant(PluginManager.applyPlugin({ pluginAppid, reason: '门店 "地图"' }))

export const unbind =
  (pluginAppid: string) =>
  ({ applicant }: Two) =>
    applicant(PluginManager.unbindPlugin({ pluginAppid }))

const appid = "wx-applicant"

export const agree = ({ owner }: Two) => owner(PluginManager.setDevPluginApplyStatus({ action: "agree", appid }))

export const refuse = ({ owner }: Two) =>
  owner(PluginManager.setDevPluginApplyStatus({ action: "refuse", appid, reason: "仅供本市门店使用" }))

export const remove = ({ owner }: Two) => owner(PluginManager.setDevPluginApplyStatus({ action: "delete", appid }))

/** What each of the two sees: plugins with their states, applicants with the states of their applications. */
export const seen = ({ applicant, owner }: Two) =>
  Effect.all([
    applicant(valueOf(PluginManager.getPluginList)).pipe(
      Effect.map((plugins) => plugins.map(({ appid, status }) => `${appid} ${status}`))
    ),
    owner(valueOf(PluginManager.getPluginDevApplyList({ page: 1, num: 10 }))).pipe(
      Effect.map((applications) => applications.map(({ appid, status }) => `${appid} ${status}`))
    )
  ])
