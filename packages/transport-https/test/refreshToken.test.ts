import { MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import { assert, describe, it } from "@effect/vitest"
import {
  Cause,
  Deferred,
  type Duration,
  Effect,
  Exit,
  Fiber,
  Layer,
  Logger,
  Redacted,
  Runtime,
  Scope,
  TestClock,
  Tracer
} from "effect"
import { inspect } from "node:util"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { list } from "./support.js"

/** A WeChat that hands out another refresh token each time, and takes the last one alone. */
const rotating = Effect.gen(function* () {
  const runFork = Runtime.runFork(yield* Effect.runtime())
  const state = {
    refreshToken: "refresh-s3cret-0",
    asked: yield* Deferred.make<void>(),
    mayAnswer: Effect.void as Effect.Effect<unknown>,
    echo: false,
    calls: 0
  }
  const rotate = (sent: string) => {
    if (state.echo || sent !== state.refreshToken) {
      return { errcode: 61023, errmsg: `refresh_token ${sent} is invalid`, sent, authorizer_refresh_token: sent }
    }
    state.refreshToken = `refresh-s3cret-${Number(sent.split("-").at(-1)) + 1}`
    return {
      authorizer_access_token: "authorizer-s3cret",
      expires_in: 7200,
      authorizer_refresh_token: state.refreshToken
    }
  }
  const answerOf = (path: string, body: Record<string, string>): object => {
    switch (path) {
      case "/cgi-bin/component/api_component_token":
        return { component_access_token: "component-s3cret", expires_in: 7200 }
      case "/cgi-bin/component/api_authorizer_token":
        return rotate(body["authorizer_refresh_token"]!)
      default:
        state.calls += 1
        return { errcode: 0, errmsg: "ok", plugin_list: null }
    }
  }
  const { url } = yield* httpServer((request, response) => {
    const path = request.url!.replace(/\?.*/, "")
    request.setEncoding("utf8").once("data", (text: string) => {
      const answer = JSON.stringify(answerOf(path, JSON.parse(text) as Record<string, string>))
      const isHeld = path.endsWith("api_authorizer_token")
      runFork(
        Effect.zipRight(
          isHeld ? Effect.zipRight(Deferred.succeed(state.asked, undefined), state.mayAnswer) : Effect.void,
          Effect.sync(() => response.end(answer))
        )
      )
    })
  })
  return { state, url: new URL(url) }
})

/** A platform that keeps the refresh token where it reads it. */
const keeping = (
  baseUrl: URL,
  kept: Array<string>,
  before: Effect.Effect<unknown> = Effect.void,
  idleTimeToLive?: Duration.DurationInput
) =>
  ThirdPartyMiniPrograms.layerFetch({
    componentAppId: "wx-platform",
    componentAppSecret: Redacted.make("app-s3cret"),
    verifyTicket: Effect.succeed(Redacted.make("ticket-s3cret")),
    refreshToken: () => Effect.sync(() => Redacted.make(kept.at(-1) ?? "refresh-s3cret-0")),
    onRefreshToken: (appId, refreshToken) =>
      Effect.zipRight(
        before,
        Effect.sync(() => {
          assert.strictEqual(appId, "wx-a")
          kept.push(Redacted.value(refreshToken))
        })
      ),
    idleTimeToLive,
    baseUrl
  })

const listOf = Effect.provide(list, MiniPrograms.transport("wx-a"))

describe("a new refresh token", () => {
  it.scoped("is kept before the token that came with it is used, and sent the next time", () =>
    Effect.gen(function* () {
      const { state, url } = yield* rotating
      const kept: Array<string> = []
      const callsBefore: Array<number> = []
      const before = Effect.sync(() => callsBefore.push(state.calls))
      yield* Effect.provide(Effect.zipRight(listOf, listOf), keeping(url, kept, before, 0))
      assert.deepStrictEqual(kept, ["refresh-s3cret-1", "refresh-s3cret-2"])
      assert.deepStrictEqual(callsBefore, [0, 1])
    })
  )

  /** The layer is gone while WeChat answers, or while the refresh token is being kept. */
  const closing = (whileKeeping: boolean) =>
    Effect.gen(function* () {
      const { state, url } = yield* rotating
      const kept: Array<string> = []
      const gate = yield* Deferred.make<void>()
      const reached = yield* Deferred.make<void>()
      if (!whileKeeping) {
        state.mayAnswer = Deferred.await(gate)
      }
      const before = whileKeeping
        ? Effect.zipRight(Deferred.succeed(reached, undefined), Deferred.await(gate))
        : Effect.void
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(keeping(url, kept, before), scope)
      const caller = yield* Effect.fork(Effect.provide(listOf, context))
      yield* Deferred.await(whileKeeping ? reached : state.asked)
      yield* Effect.fork(Fiber.interrupt(caller))
      const closed = yield* Effect.fork(Scope.close(scope, Exit.void))
      yield* Effect.promise(() => new Promise(setImmediate))
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.join(closed)
      assert.deepStrictEqual(kept, [state.refreshToken])
      assert.strictEqual(state.refreshToken, "refresh-s3cret-1")
    })

  it.scoped("is not lost when everything ends while WeChat answers", () => closing(false))
  it.scoped("is not lost when everything ends while it is kept", () => closing(true))

  it.scoped("is not what a refusal echoes", () =>
    Effect.gen(function* () {
      const { state, url } = yield* rotating
      const kept: Array<string> = []
      state.echo = true
      assert.strictEqual((yield* Effect.flip(Effect.provide(listOf, keeping(url, kept))))._tag, "RefreshTokenRejected")
      assert.deepStrictEqual(kept, [])
    })
  )
})

describe("the secrets of a platform", () => {
  it.scoped("are in no error, log line or span, even when a refusal echoes them", () =>
    Effect.gen(function* () {
      const { state, url } = yield* rotating
      const printed: Array<string> = []
      const logger = Logger.make((options) => printed.push(inspect(options, { depth: 9 })))
      const native = yield* Effect.tracer
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        context: native.context,
        span: (...words) => {
          const span = native.span(...words)
          spans.push(span)
          return span
        }
      })
      const observed = Effect.scoped(Effect.provide(listOf, keeping(url, []))).pipe(
        Effect.tapErrorCause(Effect.logError),
        Effect.exit,
        Effect.withTracer(tracer),
        Effect.provide(Logger.add(logger))
      )
      assert.isTrue(Exit.isSuccess(yield* observed))
      state.echo = true
      const exit = yield* observed
      assert.isTrue(Exit.isFailure(exit) && Cause.pretty(exit.cause).includes("61023"))
      printed.push(
        JSON.stringify(exit),
        inspect(exit, { depth: 9, showHidden: true }),
        Exit.isFailure(exit) ? Cause.pretty(exit.cause, { renderErrorCause: true }) : "",
        ...spans.map((span) => inspect([...span.attributes, span.status], { depth: 9 }))
      )
      assert.isNotEmpty(spans)
      assert.notInclude(printed.join("\n"), "s3cret")
    })
  )

  it.scoped("that cannot be kept is used, offered again until it is kept, and told of without its text", () =>
    Effect.gen(function* () {
      const { state, url } = yield* rotating
      const kept: Array<string> = []
      let failures = 3
      const lines: Array<string> = []
      const logger = Logger.make(({ message }) => lines.push(String(message)))
      const layer = ThirdPartyMiniPrograms.layerFetch({
        componentAppId: "wx-platform",
        componentAppSecret: Redacted.make("app-s3cret"),
        verifyTicket: Effect.succeed(Redacted.make("ticket-s3cret")),
        refreshToken: () => Effect.sync(() => Redacted.make(kept.at(-1) ?? "refresh-s3cret-0")),
        onRefreshToken: (_, refreshToken) =>
          Effect.suspend(() =>
            failures-- > 0
              ? Effect.die(new Error(`no disk for ${Redacted.value(refreshToken)}`))
              : Effect.sync(() => void kept.push(Redacted.value(refreshToken)))
          ),
        idleTimeToLive: "1 millis",
        baseUrl: url
      })
      yield* Effect.gen(function* () {
        const one = Effect.provide(list, MiniPrograms.transport("wx-a"))
        assert.deepStrictEqual(yield* one, [])
        assert.deepStrictEqual(kept, [])
        // the mini program is forgotten, and its next token needs the newest refresh token
        yield* TestClock.adjust("500 millis")
        assert.deepStrictEqual(yield* one, [])
        assert.strictEqual(state.calls, 2)
        yield* TestClock.adjust("10 minutes")
        assert.deepStrictEqual(kept, ["refresh-s3cret-2"])
        assert.deepStrictEqual(yield* one, [])
      }).pipe(Effect.provide(layer), Effect.provide(Logger.replace(Logger.defaultLogger, logger)))
      assert.isAbove(lines.length, 0)
      assert.include(lines[0], "wx-a")
      assert.notInclude(lines.join(), "s3cret")
    })
  )
})
