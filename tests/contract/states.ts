import { Emulator } from "@effect-wechat/emulator"
import { PluginManager, type PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import { operations } from "./operations.js"
import type { Subject } from "./subjects.js"
import { agree, apply, refuse, remove, seen, testWith, type Two, unbind, world } from "./two.js"
import { failureOf, valueOf } from "./world.js"

type Act = (two: Two) => Effect.Effect<unknown, PluginManagerError.PluginManagerError>

const plugin = "wx-plugin"
const wait = (hours: number) => () => TestClock.adjust(`${hours} hours`)
const firstPage = ({ owner }: Two) => owner(PluginManager.getPluginDevApplyList({ page: 0, num: 10 }))

/** What leads to an errcode: what was done before, and the call that meets it. */
const cases: ReadonlyArray<
  readonly [errcode: number, tag: string, when: string, before: ReadonlyArray<Act>, call: Act]
> = [
  [89239, "PluginDoesNotExist", "applying for what is no plugin", [], apply("wx-none")],
  [89237, "PluginAlreadyAdded", "applying twice", [apply(plugin)], apply(plugin)],
  [89237, "PluginAlreadyAdded", "applying for what is in use", [apply(plugin), agree], apply(plugin)],
  [89238, "PluginLimitReached", "applying for a third", [apply(plugin), apply("wx-open")], apply("wx-live")],
  [89236, "PluginApplicationsClosed", "applying where nobody may", [], apply("wx-closed")],
  [89245, "LinkingForbidden", "applying where linking is forbidden", [], apply("wx-linked")],
  [89246, "PluginCategoryRestricted", "applying for a special category", [], apply("wx-special")],
  [89044, "PluginNotAdded", "unbinding what is not there", [], unbind(plugin)],
  [89044, "PluginNotAdded", "unbinding what the owner deleted", [apply(plugin), refuse, remove], unbind(plugin)],
  [
    89243,
    "PendingApplicationNotDeletable",
    "unbinding what is pending for an hour",
    [apply(plugin), wait(1)],
    unbind(plugin)
  ],
  [89259, "LivePluginNotDeletable", "unbinding the live broadcast plugin", [apply("wx-live")], unbind("wx-live")],
  [89242, "ApplicantNotFound", "agreeing to nothing", [], agree],
  [89242, "ApplicantNotFound", "refusing nothing", [], refuse],
  [89242, "ApplicantNotFound", "deleting what was unbound", [apply(plugin), refuse, unbind(plugin)], remove],
  [89240, "ApplicationNotPending", "agreeing twice", [apply(plugin), agree], agree],
  [89240, "ApplicationNotPending", "agreeing to what was refused", [apply(plugin), refuse], agree],
  [89240, "ApplicationNotPending", "agreeing to what timed out", [apply(plugin), wait(48)], agree],
  [89240, "ApplicationNotPending", "refusing what is in use", [apply(plugin), agree], refuse],
  [89241, "ApplicationNotDeletable", "deleting what is pending", [apply(plugin)], remove],
  [89241, "ApplicationNotDeletable", "deleting what is in use", [apply(plugin), agree], remove],
  [47001, "MalformedRequest", "asking for page 0", [], firstPage]
]

/** Errcodes that the state of the two leads to. None of them changes it. */
export const states = (subject: Subject): void => {
  const test = testWith(subject)

  for (const [errcode, tag, when, before, call] of cases) {
    test(`${when} is ${errcode}, ${tag}`, (two) =>
      Effect.gen(function* () {
        yield* Effect.forEach(before, (act) => act(two), { discard: true })
        const unchanged = yield* seen(two)
        const error: object = yield* failureOf(call(two))
        assert.deepInclude({ ...error }, { _tag: tag, errcode, endpoint: "api", isRetryable: false })
        assert.deepStrictEqual(yield* seen(two), unchanged)
      }))
  }

  test(
    "a quota is one of its operation, and over with its minute or its day",
    (two) =>
      Effect.gen(function* () {
        yield* apply(plugin)(two)
        assert.strictEqual((yield* failureOf(apply("wx-open")(two)))._tag, "MinuteQuotaExceeded")
        yield* TestClock.adjust("1 minute")
        yield* apply("wx-open")(two)
        yield* TestClock.adjust("1 minute")
        assert.strictEqual((yield* failureOf(apply("wx-live")(two)))._tag, "DailyQuotaExceeded")
        yield* valueOf(unbind("wx-open")(two))
        yield* TestClock.adjust("1 day")
        yield* apply("wx-live")(two)
      }),
    { quotas: { "pluginManager.applyPlugin": { perMinute: 1, perDay: 2 } } }
  )

  if (subject.kind === "https") {
    test("a dead token is renewed, and what it was sent with is done once", (two) =>
      Effect.gen(function* () {
        const { expireTokens, journal } = yield* Emulator.Emulator
        yield* seen(two)
        const changes: ReadonlyArray<
          readonly [errcode: 40001 | 40014 | 42001, act: Act, after: ReadonlyArray<string>]
        > = [
          [40001, apply(plugin), ["wx-plugin applying"]],
          [42001, refuse, ["wx-plugin refused"]],
          [40014, unbind(plugin), []]
        ]
        for (const [errcode, act, after] of changes) {
          yield* expireTokens({ errcode })
          const { length } = yield* journal
          yield* valueOf(act(two))
          const requests = (yield* journal).slice(length).filter(({ endpoint }) => endpoint === "plugin")
          assert.deepStrictEqual(
            requests.map(({ reply }) => reply.errcode),
            [errcode, 0]
          )
          assert.deepStrictEqual((yield* seen(two))[0], after)
        }
      }))

    test(
      "who is not on the IP whitelist gets no token, and nothing is done",
      (two) =>
        Effect.gen(function* () {
          const error: object = yield* failureOf(apply(plugin)(two))
          assert.deepInclude({ ...error }, { _tag: "IpNotAllowed", errcode: 40164, endpoint: "credential" })
        }),
      {
        world: {
          ...world,
          miniPrograms: [{ ...world.miniPrograms[0], ipWhitelist: ["192.0.2.1"] }, world.miniPrograms[3]!]
        }
      }
    )
  } else {
    test(
      "what config.json does not permit is not done",
      ({ applicant }) =>
        Effect.gen(function* () {
          for (const { api, call } of operations) {
            const error: object = yield* applicant(failureOf(call))
            assert.deepInclude({ ...error }, { _tag: "CloudPermissionMissing", api, errcode: -604101 })
          }
        }),
      { permissions: [] }
    )
  }
}
