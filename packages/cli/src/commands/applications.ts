import * as PluginApplication from "@effect-wechat/plugin-manager/PluginApplication"
import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { application } from "../program/schema/answers.js"
import * as Tables from "./tables/applications.js"

export interface Options extends Target {
  readonly page: Option.Option<number>
  readonly num: number
  readonly status: Option.Option<string>
}

/** As in `retryTransient`, but for each page, so that the pages before it are not listed again. */
const schedule = Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(3)))

const allPages = (num: number) =>
  Effect.map(Stream.runCollect(PluginApplication.stream({ num, schedule })), (chunk) => [...chunk])

const onePage = (page: number, num: number) =>
  PluginManager.retryTransient(PluginManager.getPluginDevApplyList({ page, num }))

export const run = ({ num, page, status, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, busy, say } = yield* Screen
    const applications = yield* busy(say({ zh: "查询中 …", en: "asking …" }))(
      Option.isSome(page) ? onePage(page.value, num) : allPages(num)
    )
    const wanted = applications.filter((application) => Option.isNone(status) || application.status === status.value)
    yield* answer(wanted.map(application), () => [
      ...(wanted.length === 0 ? [] : [Tables.applications(wanted, say), ""]),
      say({
        zh: `${wanted.length} 个申请`,
        en: `${wanted.length} ${wanted.length === 1 ? "application" : "applications"}`
      })
    ])
  }).pipe(MiniProgram.provide(target))
