import * as Either from "effect/Either"
import type { Application, PluginListItem, World } from "../../World.js"
import { applying, approved, isFresh, replace, statusOf } from "./application.js"
import { optionalField, requiredField, type Transition } from "./transition.js"

/** The `plugin_list` of a mini program. */
export const listed = (world: World, appid: string, now: number): ReadonlyArray<PluginListItem> => {
  const plugins = new Map(world.plugins.map((plugin) => [plugin.appid, plugin]))
  return world.applications
    .filter(({ applicant }) => applicant === appid)
    .map((application) => ({
      appid: application.plugin,
      status: statusOf(application, now),
      nickname: plugins.get(application.plugin)?.nickname ?? "",
      headimgurl: plugins.get(application.plugin)?.headimgurl ?? "",
      ...(application.reason === undefined ? {} : { reason: application.reason })
    }))
}

const findOwn = (world: World, applicant: string, plugin: string): Application | undefined =>
  world.applications.find((application) => application.applicant === applicant && application.plugin === plugin)

export const list: Transition = (world, { appid }, _, now) =>
  Either.right({ world, fields: { plugin_list: listed(world, appid, now) } })

export const apply: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const pluginAppid = yield* requiredField(data, "plugin_appid")
    const reason = yield* optionalField(data, "reason")
    const plugin = world.plugins.find((plugin) => plugin.appid === pluginAppid)
    if (plugin === undefined) {
      return yield* Either.left(89239)
    }
    const isOpen = (application: Application) => [applying, approved].includes(statusOf(application, now))
    const open = world.applications.filter((application) => application.applicant === appid && isOpen(application))
    if (open.some((application) => application.plugin === pluginAppid)) {
      return yield* Either.left(89237)
    }
    if (plugin.refuses !== undefined) {
      return yield* Either.left(plugin.refuses)
    }
    const miniProgram = world.miniPrograms.find((miniProgram) => miniProgram.appid === appid)
    if (open.length >= (miniProgram?.pluginLimit ?? 0)) {
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
    return { world: replace(replace(world, findOwn(world, appid, pluginAppid)), undefined, application) }
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
    if (world.plugins.some((plugin) => plugin.appid === pluginAppid && plugin.isLive)) {
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
    const plugin = world.plugins.find((plugin) => plugin.appid === pluginAppid)
    if (plugin?.grayVersions.includes(userVersion) === true) {
      return yield* Either.left(89258)
    }
    if (plugin?.versions.includes(userVersion) !== true) {
      return yield* Either.left(89257)
    }
    return { world: replace(world, application, { ...application, userVersion }) }
  })
