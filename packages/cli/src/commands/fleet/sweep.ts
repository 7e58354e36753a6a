import type { Change } from "@effect-wechat/fleet/Change"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../../program/failure/errors.js"
import * as Access from "../../program/fleet/access.js"
import * as AppIds from "../../program/fleet/appIds.js"
import * as Session from "../../program/fleet/session.js"
import { type RunnerTarget, sameDatabase } from "../../program/fleet/target.js"
import type { Text } from "../../program/language/language.js"
import { Screen } from "../../program/output/screen.js"
import { confirm } from "../../program/question/confirm.js"
import * as Schedule from "./schedule.js"
import * as Progress from "./view/progress.js"
import { show } from "./view/run.js"

export interface Options extends RunnerTarget {
  readonly apps: Option.Option<string>
  readonly appsCount: Option.Option<number>
  readonly name: Option.Option<string>
}

export interface ChangeOptions extends Options {
  readonly pluginAppid: string
  readonly dryRun: boolean
  readonly yes: boolean
}

const withoutApps = new CliError({
  category: "usage",
  text: { zh: "没有指定小程序", en: "no mini programs are named" },
  hint: {
    zh: "用 --apps 指定 appid 的文件，或用 --emulator 试用。",
    en: "Name a file of appids with --apps, or try --emulator."
  }
})

const withoutEmulator = new CliError({
  category: "usage",
  text: { zh: "--apps-count 只用于 --emulator", en: "--apps-count is for --emulator only" },
  hint: { zh: "请去掉 --apps-count。", en: "Remove --apps-count." }
})

const defaultCount = 300

/** The appids, and access to them. */
const fleetOf = ({ apps, appsCount, emulator }: Options, change: Change | undefined) =>
  Effect.gen(function* () {
    if (emulator) {
      const Emulated = yield* Effect.promise(() => import("../../program/fleet/emulated.js"))
      const count = Option.getOrElse(appsCount, () => defaultCount)
      const appIds = Option.isSome(apps) ? yield* AppIds.read(apps.value) : Emulated.appIds(count)
      return { appIds, access: yield* Emulated.start(count, change?.kind === "update") }
    }
    yield* Option.isSome(appsCount) ? withoutEmulator : Effect.void
    return {
      appIds: yield* AppIds.read(yield* Effect.mapError(apps, () => withoutApps)),
      access: yield* Access.configured
    }
  })

/** A sweep that was forgotten would go on beside the new one. */
const refuseBeside = (runner: Session.Runner, options: Options) =>
  Effect.gen(function* () {
    const unfinished = (yield* runner.run(({ Sweep }) => Sweep.list)).find(
      ({ state }) => state === "running" || state === "paused"
    )
    if (unfinished === undefined) {
      return
    }
    const { id } = unfinished
    const same = sameDatabase(options)
    return yield* new CliError({
      category: "usage",
      text: { zh: `巡检 ${id} 还没有结束`, en: `sweep ${id} has not ended` },
      hint: {
        zh: `继续：wechat-plugin fleet resume ${id}${same}；放弃：wechat-plugin fleet cancel ${id}${same}。`,
        en: `Go on with wechat-plugin fleet resume ${id}${same}, or end it with wechat-plugin fleet cancel ${id}${same}.`
      }
    })
  })

/** Ctrl-C while the appids are written: nothing was called, and the same name completes the list. */
const sayHowToRepeat = (name: string) =>
  Effect.flatMap(Screen, ({ note, say }) =>
    note([
      say({
        zh: `尚未开始。再次执行同一命令并加上 --name ${name}。`,
        en: `It has not begun. Run the same command again with --name ${name}.`
      })
    ])
  )

type Question = (apps: string) => Text

const run = (
  options: Options,
  change?: Change,
  ask: (count: number) => ReturnType<typeof confirm<never>> = () => Effect.void
) =>
  Effect.gen(function* () {
    const { access, appIds } = yield* fleetOf(options, change)
    yield* ask(appIds.length)
    const runner = yield* Session.openRunner(options, access)
    const key = yield* Option.match(options.name, {
      onNone: () => Effect.zipRight(refuseBeside(runner, options), Effect.map(DateTime.now, DateTime.formatIso)),
      onSome: Effect.succeed
    })
    const sweepId = yield* Effect.onInterrupt(runner.start({ key, apps: appIds, change }), () => sayHowToRepeat(key))
    // an earlier sweep of that name may be paused, or have ended
    yield* Effect.catchTag(
      runner.run(({ Sweep }) => Sweep.resume(sweepId)),
      "CliError",
      () => Effect.void
    )
    yield* show(runner, sweepId, options)
  }).pipe(Effect.scoped)

const withoutStdin = new CliError({
  category: "usage",
  text: { zh: "标准输入只能读取一次", en: "stdin can be read only once" },
  hint: { zh: "用 --apps 指定文件。", en: "Name a file with --apps." }
})

/** The file of appids is read again for each sweep of a schedule. */
export const sweep = (options: Options & Schedule.Options) =>
  Effect.gen(function* () {
    const schedule = yield* Schedule.parse(options)
    if (Option.isNone(schedule)) {
      return yield* run(options)
    }
    yield* Option.contains(options.apps, "-") ? withoutStdin : Effect.void
    const { access, appIds } = yield* fleetOf(options, undefined)
    const runner = yield* Session.openRunner(options, access)
    yield* Schedule.run(
      runner,
      schedule.value,
      Option.match(options.apps, { onNone: () => Effect.succeed(appIds), onSome: AppIds.read })
    )
  }).pipe(Effect.scoped)

const make = (options: ChangeOptions, change: Change, question: Question) =>
  options.dryRun
    ? run(options, { ...change, dryRun: true })
    : run(options, change, (count) => confirm(question(Progress.number(count)), options.yes))

export const apply = ({ reason, ...options }: ChangeOptions & { readonly reason: Option.Option<string> }) =>
  make(
    options,
    {
      kind: "apply",
      pluginAppid: options.pluginAppid,
      ...(Option.isSome(reason) ? { reason: reason.value } : {})
    },
    (apps) => ({
      zh: `为 ${apps} 个小程序申请插件 ${options.pluginAppid}？`,
      en: `Apply for ${options.pluginAppid} for ${apps} mini programs?`
    })
  )

export const update = ({ userVersion, ...options }: ChangeOptions & { readonly userVersion: string }) =>
  make(options, { kind: "update", pluginAppid: options.pluginAppid, userVersion }, (apps) => ({
    zh: `把 ${apps} 个小程序的插件 ${options.pluginAppid} 更新到 ${userVersion}，立即生效？`,
    en: `Update ${options.pluginAppid} of ${apps} mini programs to ${userVersion}? It takes effect at once.`
  }))

export const unbind = (options: ChangeOptions) =>
  make(options, { kind: "unbind", pluginAppid: options.pluginAppid }, (apps) => ({
    zh: `从 ${apps} 个小程序移除插件 ${options.pluginAppid}？`,
    en: `Remove ${options.pluginAppid} from ${apps} mini programs?`
  }))
