import type { Application, World } from "../../World.js"

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

/** Replaces an application. Without `before` it appends `after`; without `after` it removes `before`. */
export const replace = (world: World, before: Application | undefined, after?: Application): World => ({
  ...world,
  applications:
    before === undefined
      ? [...world.applications, ...(after === undefined ? [] : [after])]
      : world.applications.flatMap((application) =>
          application !== before ? [application] : after === undefined ? [] : [after]
        )
})

/** Sets the `createTime` of every application that has none. */
export const settle = (world: World, now: number): World => ({
  ...world,
  applications: world.applications.map((application) => ({ createTime: now, ...application }))
})
