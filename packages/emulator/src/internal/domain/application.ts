import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import type { Application, World } from "../../World.js"
import * as PlatformCodes from "../tokens/platformCodes.js"
import * as PluginCodes from "../tokens/pluginCodes.js"

export const applying = 1
export const approved = 2
export const refused = 3
export const timedOut = 4

const hour = 3_600_000

const age = ({ createTime = 0 }: Application, now: number): number => now - createTime

/** The status at `now`: a pending application times out after 48 hours. */
export const statusOf = (application: Application, now: number): number =>
  application.status === applying && age(application, now) >= 48 * hour ? timedOut : application.status

/** Whether the application is too recent to be unbound by its applicant. */
export const isFresh = (application: Application, now: number): boolean => age(application, now) < 24 * hour

/** An application with its place among all applications. */
export interface Placed extends Application {
  readonly place: number
}

/** A world whose applications are kept by their applicant, so that a call costs the same in a world of any size. */
export interface IndexedWorld extends Omit<World, "applications"> {
  readonly applications: HashMap.HashMap<string, ReadonlyArray<Placed>>
  /** the place of the next application */
  readonly nextPlace: number
  readonly codes: PluginCodes.Codes
  readonly platformCodes: PlatformCodes.Codes
}

/** The applications of a mini program. */
export const ofApplicant = ({ applications }: IndexedWorld, applicant: string): ReadonlyArray<Placed> =>
  Option.getOrElse(HashMap.get(applications, applicant), () => [])

/** All applications in their order. */
export const all = ({ applications }: IndexedWorld): ReadonlyArray<Placed> =>
  [...HashMap.values(applications)].flat().sort((a, b) => a.place - b.place)

/** Indexes a world without codes, and sets the `createTime` of every application that has none. */
export const index = ({ applications, ...world }: World, now: number): IndexedWorld => {
  const byApplicant = new Map<string, Array<Placed>>()
  for (const [place, application] of applications.entries()) {
    const placed = { createTime: now, ...application, place }
    const own = byApplicant.get(application.applicant)
    if (own === undefined) {
      byApplicant.set(application.applicant, [placed])
    } else {
      own.push(placed)
    }
  }
  return {
    ...world,
    applications: HashMap.fromIterable(byApplicant),
    nextPlace: applications.length,
    codes: PluginCodes.none,
    platformCodes: PlatformCodes.none
  }
}

/** The world as its users see it. */
export const toWorld = (world: IndexedWorld): World => {
  const { miniPrograms, plugins, components } = world
  return {
    miniPrograms,
    plugins,
    components,
    applications: all(world).map(({ place: _place, ...application }) => application)
  }
}

/** Appends an application. */
export const append = (world: IndexedWorld, application: Application): IndexedWorld => ({
  ...world,
  applications: HashMap.set(world.applications, application.applicant, [
    ...ofApplicant(world, application.applicant),
    { ...application, place: world.nextPlace }
  ]),
  nextPlace: world.nextPlace + 1
})

/** Replaces an application. Without `after` it is removed. */
export const replace = (world: IndexedWorld, before: Placed, after?: Placed): IndexedWorld => ({
  ...world,
  applications: HashMap.set(
    world.applications,
    before.applicant,
    ofApplicant(world, before.applicant).flatMap((application) =>
      application !== before ? [application] : after === undefined ? [] : [after]
    )
  )
})
