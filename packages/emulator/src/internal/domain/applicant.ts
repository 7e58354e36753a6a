import * as Either from "effect/Either"
import type { Application, PluginListItem } from "../../World.js"
import {
  append,
  applying,
  approved,
  type IndexedWorld,
  isFresh,
  ofApplicant,
  type Placed,
  replace,
  statusOf
} from "./application.js"
import { byAppid } from "./miniPrograms.js"
import { optionalField, requiredField, type Transition } from "./transition.js"

/** The `plugin_list` of a mini program. */
export const listed = (world: IndexedWorld, appid: string, now: number): ReadonlyArray<PluginListItem> =>
  ofApplicant(world, appid).map((application) => {
    const plugin = byAppid(world.plugins).get(application.plugin)
    return {
      appid: application.plugin,
      status: statusOf(application, now),
      nickname: plugin?.nickname ?? "",
      headimgurl: plugin?.headimgurl ?? "",
      ...(application.reason === undefined ? {} : { reason: application.reason })
    }
  })

const findOwn = (world: IndexedWorld, applicant: string, plugin: string): Placed | undefined =>
  ofApplicant(world, applicant).find((application) => application.plugin === plugin)

export const list: Transition = (world, { appid }, _, now) =>
  Either.right({ world, fields: { plugin_list: listed(world, appid, now) } })

export const apply: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const pluginAppid = yield* requiredField(data, "plugin_appid")
    const reason = yield* optionalField(data, "reason")
    const plugin = byAppid(world.plugins).get(pluginAppid)
    if (plugin === undefined) {
      return yield* Either.left(89239)
    }
    const isOpen = (application: Application) => [applying, approved].includes(statusOf(application, now))
    const open = ofApplicant(world, appid).filter(isOpen)
    if (open.some((application) => application.plugin === pluginAppid)) {
      return yield* Either.left(89237)
    }
    if (plugin.refuses !== undefined) {
      return yield* Either.left(plugin.refuses)
    }
    if (open.length >= (byAppid(world.miniPrograms).get(appid)?.pluginLimit ?? 0)) {
      return yield* Either.left(89238)
    }
    const application: Application = {
      applicant: appid,
      plugin: pluginAppid,
      status: plugin.autoApproves ? approved : applying,
      createTime: now,
      ...(reason === undefined ? {} : { reason })
    }
    // an earlier application that was refused or timed out is replaced, and the new one is listed last
    const earlier = findOwn(world, appid, pluginAppid)
    return { world: append(earlier === undefined ? world : replace(world, earlier), application) }
  })

export const unbind: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const pluginAppid = yield* requiredField(data, "plugin_appid")
    const application = findOwn(world, appid, pluginAppid)
    if (application === undefined) {
      return yield* Either.left(89044)
    }
    if (statusOf(application, now) === applying && isFresh(application, now)) {
      return yield* Either.left(89243)
    }
    if (byAppid(world.plugins).get(pluginAppid)?.isLive === true) {
      return yield* Either.left(89259)
    }
    return { world: replace(world, application) }
  })

const version = /^\d+\.\d+\.\d+$/

export const update: Transition = (world, { appid, authorization }, data, now) =>
  Either.gen(function* () {
    if (authorization === undefined) {
      return yield* Either.left(89256)
    }
    const pluginAppid = yield* requiredField(data, "plugin_appid")
    const userVersion = yield* requiredField(data, "user_version")
    const application = findOwn(world, appid, pluginAppid)
    if (application === undefined || statusOf(application, now) !== approved) {
      return yield* Either.left(80067)
    }
    if (!version.test(userVersion)) {
      return yield* Either.left(80066)
    }
    const plugin = byAppid(world.plugins).get(pluginAppid)
    if (plugin?.grayVersions.includes(userVersion) === true) {
      return yield* Either.left(89258)
    }
    if (plugin?.versions.includes(userVersion) !== true) {
      return yield* Either.left(89257)
    }
    return { world: replace(world, application, { ...application, userVersion }) }
  })
