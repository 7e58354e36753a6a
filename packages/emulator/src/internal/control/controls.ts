import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import type { Fault } from "../../Fault.js"
import type { Endpoint } from "../../Journal.js"
import type * as Push from "../../Push.js"
import type { PluginListItem, World } from "../../World.js"
import * as Applicant from "../domain/applicant.js"
import * as Application from "../domain/application.js"
import * as MiniPrograms from "../domain/miniPrograms.js"
import * as State from "../domain/state.js"
import { push } from "../pushes/push.js"
import * as Accounts from "../tokens/accounts.js"
import * as Cloudbase from "../tokens/cloudbase.js"
import * as Token from "../tokens/token.js"
import type { Faults } from "./faults.js"
import type { Journal } from "./journal.js"
import * as Wire from "./wire.js"

/** The emulator's service, except for its URLs. The control API offers it to other processes. */
export type Controls = ReturnType<typeof make>

/** The world, in which the mini program has these plugins and no others. */
const withPlugins = (world: World, applicant: string, items: ReadonlyArray<PluginListItem>): World => {
  const listed = new Map(items.map(({ appid, headimgurl, nickname }) => [appid, { appid, headimgurl, nickname }]))
  const known = new Set(world.plugins.map(({ appid }) => appid))
  const added = [...listed.values()].filter(({ appid }) => !known.has(appid))
  return {
    ...world,
    plugins: [
      ...world.plugins.map((plugin) => ({ ...plugin, ...listed.get(plugin.appid) })),
      ...added.map((plugin) => ({
        ...plugin,
        autoApproves: false,
        isLive: false,
        versions: ["1.0.0"],
        grayVersions: []
      }))
    ],
    applications: [
      ...world.applications.filter((application) => application.applicant !== applicant),
      ...items.map(({ appid, reason, status }) => ({
        applicant,
        plugin: appid,
        status,
        ...(reason === undefined ? {} : { reason })
      }))
    ]
  }
}

export const make = (state: State.State, faults: Faults, journal: Journal) => {
  const { config, time } = state
  const { appSecret, appid } = config.world.miniPrograms[0]
  const indexed = Ref.get(state.world)
  const world = Effect.map(indexed, Application.toWorld)
  return {
    appId: appid,
    appSecret,
    secretId: config.secretId,
    secretKey: config.secretKey,
    world,
    seed: (world: World) => {
      const known = MiniPrograms.byAppid(world.miniPrograms)
      const stray = world.applications.find(({ applicant }) => !known.has(applicant))
      return stray === undefined
        ? State.seed(state, world)
        : Effect.dieMessage(`there is no mini program ${stray.applicant}, which has an application for ${stray.plugin}`)
    },
    miniProgram: MiniPrograms.find(indexed),
    plugins: Effect.zipWith(indexed, time.now, (world, now) => Applicant.listed(world, appid, now)),
    setPlugins: (items: ReadonlyArray<PluginListItem>) =>
      Effect.flatMap(world, (world) => State.seed(state, withPlugins(world, appid, items))),
    fault: (fault: Fault) => Effect.flatMap(Effect.orDie(Schema.validate(Wire.Fault)(fault)), faults.order),
    release: faults.release,
    expireTokens: ({
      errcode = 40001,
      stale = false
    }: { readonly errcode?: Token.EndCode; readonly stale?: boolean } = {}) =>
      Effect.flatMap(time.now, (now) =>
        Ref.update(state.accounts, (accounts) =>
          Accounts.modifyAll(accounts, (tokens) => Token.expire(tokens, errcode, stale, now))
        )
      ),
    issueToken: Effect.flatMap(time.now, (now) =>
      Effect.map(
        State.modifyTokens(state, appid, (tokens) => Token.valid(tokens, now)),
        ({ value }) => Redacted.make(value)
      )
    ),
    cloudbaseToken: Effect.map(time.now, (now) => Redacted.make(Cloudbase.current(appid, now))),
    pluginLogin: Effect.fnUntraced(function* (options: {
      readonly appid?: string
      readonly plugin: string
      readonly user: string
    }) {
      const login = { appid, ...options }
      yield* MiniPrograms.find(indexed)(login.appid)
      if (!MiniPrograms.byAppid((yield* indexed).plugins).has(login.plugin)) {
        return yield* Effect.dieMessage(`there is no plugin ${login.plugin}`)
      }
      return yield* State.pluginLogin(state, login)
    }),
    push: (options: Push.Options) => push(state, options),
    journal: journal.entries,
    journalDropped: journal.dropped,
    awaitRequest: (endpoint: Endpoint, nth = 1) => journal.awaitRequest(endpoint, nth),
    advance: (duration: Duration.DurationInput) => time.advance(Duration.decode(duration)),
    reset: Effect.all([State.reset(state), faults.clear, journal.reset, faults.release], { discard: true }).pipe(
      Effect.uninterruptible
    )
  }
}
