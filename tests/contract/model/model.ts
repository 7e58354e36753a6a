/**
 * Applications for plugins as WeChat's pages describe them (`applyPlugin`, `unbindPlugin`, `setDevPluginApplyStatus`, `managePlugin`),
 * without tokens, sockets and JSON. It shares no line with the library or the emulator. Where several refusals fit, no page says
 * which one comes, so that each will do.
 */

export interface World {
  /** who may apply, and how many plugins each may have */
  readonly limits: Readonly<Record<string, number>>
  /** a plugin without an owner is decided by time alone */
  readonly plugins: Readonly<Record<string, PluginFacts>>
  readonly owner: string
}

interface PluginFacts {
  readonly isOwned?: true
  readonly isClosed?: true
  readonly versions?: ReadonlyArray<string>
  readonly grayVersions?: ReadonlyArray<string>
}

type Status = "applying" | "approved" | "refused" | "timeout"

interface Application {
  readonly applicant: string
  readonly plugin: string
  readonly status: Status
  readonly since: number
  readonly reason: string | undefined
}

/** The oldest first. */
export type Model = ReadonlyArray<Application>

export type Step =
  | { readonly _tag: "apply"; readonly by: string; readonly plugin: string; readonly reason?: string }
  | { readonly _tag: "unbind"; readonly by: string; readonly plugin: string }
  | { readonly _tag: "update"; readonly by: string; readonly plugin: string; readonly version: string }
  | { readonly _tag: "agree"; readonly appid: string }
  | { readonly _tag: "refuse"; readonly appid?: string | undefined; readonly reason: string }
  | { readonly _tag: "delete"; readonly appid?: string | undefined }
  | { readonly _tag: "wait"; readonly hours: number }

/** The tags of the errors that a step may fail with, none where it succeeds; and what is then. */
interface Outcome {
  readonly refusals: ReadonlyArray<string>
  readonly model: Model
}

const hour = 3_600_000

const statusOf = ({ since, status }: Application, now: number): Status =>
  status === "applying" && now - since >= 48 * hour ? "timeout" : status

const isOpen = (application: Application, now: number) => ["applying", "approved"].includes(statusOf(application, now))

export const make = (world: World) => {
  const outcome = (
    model: Model,
    refusals: ReadonlyArray<readonly [tag: string, holds: boolean]>,
    then: () => Model
  ) => {
    const tags = refusals.flatMap(([tag, holds]) => (holds ? [tag] : []))
    return { refusals: tags, model: tags.length === 0 ? then() : model }
  }

  const apply = (model: Model, { by, plugin, reason }: Extract<Step, { _tag: "apply" }>, now: number): Outcome => {
    const facts = world.plugins[plugin]
    const open = model.filter((one) => one.applicant === by && isOpen(one, now))
    return outcome(
      model,
      [
        ["PluginDoesNotExist", facts === undefined],
        ["PluginApplicationsClosed", facts?.isClosed === true],
        ["PluginAlreadyAdded", open.some((one) => one.plugin === plugin)],
        ["PluginLimitReached", open.length >= world.limits[by]!]
      ],
      () => [
        ...model.filter((one) => one.applicant !== by || one.plugin !== plugin),
        { applicant: by, plugin, status: "applying", since: now, reason }
      ]
    )
  }

  const unbind = (model: Model, { by, plugin }: Extract<Step, { _tag: "unbind" }>, now: number): Outcome => {
    const mine = model.find((one) => one.applicant === by && one.plugin === plugin)
    const isFresh = mine?.status === "applying" && now - mine.since < 24 * hour
    return outcome(
      model,
      [
        ["PluginNotAdded", mine === undefined],
        ["PendingApplicationNotDeletable", isFresh]
      ],
      () => model.filter((one) => one !== mine)
    )
  }

  const update = (model: Model, { by, plugin, version }: Extract<Step, { _tag: "update" }>): Outcome => {
    const mine = model.find((one) => one.applicant === by && one.plugin === plugin)
    const { grayVersions = [], versions = [] } = world.plugins[plugin] ?? {}
    const isGray = grayVersions.includes(version)
    return outcome(
      model,
      [
        ["PluginNotInRelease", mine?.status !== "approved"],
        ["InvalidPluginVersion", !/^\d+\.\d+\.\d+$/.test(version)],
        ["GrayReleaseInProgress", isGray],
        ["QuickUpdateNotSupported", !isGray && !versions.includes(version)]
      ],
      () => model
    )
  }

  /** The applications that the owner sees. */
  const received = (model: Model) => model.filter(({ plugin }) => world.plugins[plugin]?.isOwned)

  /** The one of that applicant. Whom a decision without an appid means is a guess: the only one that it can be for. */
  const meant = (model: Model, appid: string | undefined, fits: (application: Application) => boolean) => {
    const candidates = received(model).filter((one) => (appid === undefined ? fits(one) : one.applicant === appid))
    return candidates.length === 1 ? candidates[0] : undefined
  }

  const decide = (model: Model, appid: string | undefined, status: Status, now: number): Outcome => {
    const isPending = (one: Application) => statusOf(one, now) === "applying"
    const found = meant(model, appid, isPending)
    return outcome(
      model,
      [
        ["ApplicantNotFound", found === undefined],
        ["ApplicationNotPending", found !== undefined && !isPending(found)]
      ],
      () => model.map((one) => (one === found ? { ...one, status } : one))
    )
  }

  const remove = (model: Model, appid: string | undefined, now: number): Outcome => {
    const isOver = (one: Application) => !isOpen(one, now)
    const found = meant(model, appid, isOver)
    return outcome(
      model,
      [
        ["ApplicantNotFound", found === undefined],
        ["ApplicationNotDeletable", found !== undefined && !isOver(found)]
      ],
      () => model.filter((one) => one !== found)
    )
  }

  return {
    next: (model: Model, step: Step, now: number): Outcome => {
      switch (step._tag) {
        case "apply":
          return apply(model, step, now)
        case "unbind":
          return unbind(model, step, now)
        case "update":
          return update(model, step)
        case "agree":
          return decide(model, step.appid, "approved", now)
        case "refuse":
          return decide(model, step.appid, "refused", now)
        case "delete":
          return remove(model, step.appid, now)
        case "wait":
          return { refusals: [], model }
      }
    },

    /** What everybody sees: each applicant its plugins, the owner its applicants. */
    views: (model: Model, now: number) => ({
      plugins: Object.keys(world.limits).map((by) =>
        model
          .filter(({ applicant }) => applicant === by)
          .map((one) => ({ appid: one.plugin, status: statusOf(one, now), reason: one.reason }))
      ),
      applications: received(model).map((one) => ({
        appid: one.applicant,
        status: statusOf(one, now),
        reason: one.reason ?? "",
        since: one.since
      }))
    })
  }
}
