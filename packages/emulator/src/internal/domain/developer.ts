import * as Either from "effect/Either"
import type { Application } from "../../World.js"
import * as PluginCodes from "../tokens/pluginCodes.js"
import {
  all,
  applying,
  approved,
  type IndexedWorld,
  ofApplicant,
  type Placed,
  refused,
  replace,
  statusOf,
  timedOut
} from "./application.js"
import { byAppid } from "./miniPrograms.js"
import { type Fields, optionalField, requiredField, type Transition } from "./transition.js"

/** The applications for the plugins that a mini program owns: of that applicant, or all. */
const received = (world: IndexedWorld, owner: string, applicant?: string): ReadonlyArray<Placed> => {
  const own = new Set(world.plugins.filter((plugin) => plugin.owner === owner).map(({ appid }) => appid))
  return (applicant === undefined ? all(world) : ofApplicant(world, applicant)).filter(({ plugin }) => own.has(plugin))
}

const applyListItem = (world: IndexedWorld, now: number) => (application: Application) => {
  const applicant = byAppid(world.miniPrograms).get(application.applicant)
  return {
    appid: application.applicant,
    status: statusOf(application, now),
    nickname: applicant?.nickname ?? "",
    headimgurl: applicant?.headimgurl ?? "",
    reason: application.reason ?? "",
    apply_url: applicant?.applyUrl ?? "",
    create_time: String(Math.floor((application.createTime ?? 0) / 1000)),
    categories: applicant?.categories ?? []
  }
}

const count = (data: Fields, name: string, fallback: number): Either.Either<number, number> => {
  const value = data[name] ?? fallback
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0
    ? Either.right(value)
    : Either.left(47001)
}

export const applyList: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const page = yield* count(data, "page", 1)
    const num = yield* count(data, "num", 10)
    const applications = received(world, appid).slice((page - 1) * num, page * num)
    return { world, fields: { apply_list: applications.map(applyListItem(world, now)) } }
  })

/**
 * The application of that applicant, first of all one that the action fits: the applicant may have been refused before. Without an
 * applicant, the only application that the action fits.
 */
const select = (
  world: IndexedWorld,
  owner: string,
  applicant: string | undefined,
  isFitting: (application: Application) => boolean
): Either.Either<Placed, number> => {
  const mine = received(world, owner, applicant)
  const fitting = mine.filter(isFitting)
  if (applicant !== undefined) {
    const found = fitting[0] ?? mine[0]
    return found === undefined ? Either.left(89242) : Either.right(found)
  }
  const [first, ...others] = fitting
  return first === undefined || others.length > 0 ? Either.left(89242) : Either.right(first)
}

const decide =
  (
    applicantOf: typeof optionalField,
    decision: (data: Fields) => Either.Either<Partial<Application>, number>
  ): Transition =>
  (world, { appid }, data, now) =>
    Either.gen(function* () {
      const isPending = (application: Application) => statusOf(application, now) === applying
      const application = yield* select(world, appid, yield* applicantOf(data, "appid"), isPending)
      const decided = yield* decision(data)
      if (!isPending(application)) {
        return yield* Either.left(89240)
      }
      return { world: replace(world, application, { ...application, ...decided }) }
    })

export const agree = decide(requiredField, () => Either.right({ status: approved }))

export const refuse = decide(optionalField, (data) =>
  Either.map(optionalField(data, "reason"), (reason) => ({
    status: refused,
    ...(reason === undefined ? {} : { refuseReason: reason })
  }))
)

export const remove: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const isOver = (application: Application) => [refused, timedOut].includes(statusOf(application, now))
    const application = yield* select(world, appid, yield* optionalField(data, "appid"), isOver)
    return isOver(application) ? { world: replace(world, application) } : yield* Either.left(89241)
  })

/** Whether the mini program owns the plugin. The plugin of a mini program may have the same appid. */
const owns = ({ plugins }: IndexedWorld, appid: string, plugin: string): boolean =>
  plugin === appid || byAppid(plugins).get(plugin)?.owner === appid

export const openpid: Transition = (world, { appid }, data, now) =>
  Either.gen(function* () {
    const code = yield* Either.mapLeft(requiredField(data, "code"), () => 1001)
    const login = PluginCodes.find(world.codes, code, now)
    if (login === undefined) {
      return yield* Either.left(1007)
    }
    if (!owns(world, appid, login.plugin)) {
      return yield* Either.left(1005)
    }
    return {
      world: { ...world, codes: PluginCodes.end(world.codes, code, now) },
      fields: { openpid: PluginCodes.openpid(login) }
    }
  })
