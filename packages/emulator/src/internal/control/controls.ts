import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Emulator } from "../../Emulator.js"
import type { PluginListItem, World } from "../../World.js"
import * as Applicant from "../domain/applicant.js"
import * as CloudbaseToken from "../tokens/cloudbase.js"
import { findMiniProgram } from "../findMiniProgram.js"
import * as State from "../domain/state.js"
import * as Token from "../tokens/token.js"

/** All of the emulator's service but where it is: what a program in another process can ask for as well. */
export type Controls = Omit<Emulator.Service, "url" | "gatewayUrl" | "openInterfaceUrl">

/** The mini program whose plugins are listed in the world, with those plugins and no others. */
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

export const make = (state: State.State): Controls => {
  const { config, time } = state
  const { appSecret, appid } = config.world.miniPrograms[0]
  const world = Ref.get(state.world)
  return {
    appId: appid,
    appSecret,
    secretId: config.secretId,
    secretKey: config.secretKey,
    world,
    seed: (world) => State.seed(state, world),
    miniProgram: findMiniProgram(world),
    plugins: Effect.zipWith(world, time.now, (world, now) => Applicant.listed(world, appid, now)),
    setPlugins: (items) => Effect.flatMap(world, (world) => State.seed(state, withPlugins(world, appid, items))),
    fault: (fault) => Ref.update(state.faults, (queue) => [...queue, fault]),
    release: State.release(state),
    expireTokens: ({ errcode = 40001, stale = false } = {}) =>
      Effect.flatMap(time.now, (now) =>
        Ref.update(
          state.accounts,
          (accounts) =>
            new Map([...accounts].map(([appid, tokens]) => [appid, Token.expire(tokens, errcode, stale, now)]))
        )
      ),
    issueToken: Effect.flatMap(time.now, (now) =>
      Effect.map(
        State.modifyTokens(state, appid, (tokens) => Token.valid(tokens, now)),
        ({ value }) => Redacted.make(value)
      )
    ),
    cloudbaseToken: Effect.map(time.now, (now) => Redacted.make(CloudbaseToken.current(appid, now))),
    journal: state.journal.entries,
    awaitRequest: (endpoint, nth = 1) => state.journal.awaitRequest(endpoint, nth),
    advance: (duration) => time.advance(Duration.decode(duration)),
    reset: State.reset(state)
  }
}
