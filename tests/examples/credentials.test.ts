import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, type Scope } from "effect"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { hasRedis, redisServer } from "@effect-wechat/test-support/redisServer"
import { root, run, runtimes } from "@effect-wechat/test-support/process"

const folder = `${root}examples/credentials/`
const programs = readdirSync(folder).filter((file) => file.endsWith(".ts"))

describe("the guide on choosing a credential", () => {
  it.each(["docs/credentials.md", "docs/credentials.zh-CN.md"])("%s has every program as it stands", (page) => {
    const blocks = [...readFileSync(root + page, "utf8").matchAll(/^```ts\n([^]*?)^```/gm)].map(([, block]) => block)
    assert.includeMembers(
      blocks,
      programs.map((file) => readFileSync(folder + file, "utf8"))
    )
  })
})

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/credentials-`)),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** What each program finds where it runs. */
const environments: {
  readonly [program: string]: Effect.Effect<Record<string, string>, never, Emulator.Emulator | Scope.Scope>
} = {
  "server.ts": Effect.map(Emulator.Emulator, ({ appId, appSecret }) => ({
    WECHAT_APPID: appId,
    WECHAT_SECRET: Redacted.value(appSecret)
  })),
  "several-servers.ts": Effect.gen(function* () {
    const { appId, appSecret } = yield* Emulator.Emulator
    const { url } = yield* redisServer
    const TOKEN_KEY = Buffer.alloc(32, 7).toString("base64")
    return { WECHAT_APPID: appId, WECHAT_SECRET: Redacted.value(appSecret), REDIS_URL: url, TOKEN_KEY }
  }),
  "central.ts": Effect.gen(function* () {
    const { appId, issueToken } = yield* Emulator.Emulator
    const { url } = yield* httpServer((request, response) => {
      const isKnown = request.headers.authorization === "Bearer made-up"
      void Effect.runPromise(issueToken).then((token) =>
        response.end(
          JSON.stringify(
            isKnown
              ? { access_token: Redacted.value(token), expires_in: 7200 }
              : { errcode: 41004, errmsg: "who is it" }
          )
        )
      )
    })
    return { WECHAT_APPID: appId, TOKEN_SERVICE: `${url}/tokens`, TOKEN_SERVICE_AUTHORIZATION: "Bearer made-up" }
  }),
  "cloud-run.ts": Effect.map(Emulator.Emulator, ({ openInterfaceUrl }) => ({ WECHAT_BASE_URL: openInterfaceUrl.href })),
  "cloud-run-token.ts": Effect.gen(function* () {
    const { cloudbaseToken } = yield* Emulator.Emulator
    const path = `${yield* directory}/cloudbase_access_token`
    writeFileSync(path, Redacted.value(yield* cloudbaseToken))
    return { CLOUDBASE_TOKEN_FILE: path }
  }),
  "cloud-function.ts": Effect.map(Emulator.Emulator, ({ gatewayUrl, secretId, secretKey }) => ({
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: gatewayUrl }),
    TCB_CONTEXT_KEYS: "TCB_ENV",
    TCB_ENV: "example-env",
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
  })),
  "third-party.ts": Effect.gen(function* () {
    const { components, miniPrograms } = yield* (yield* Emulator.Emulator).world
    const { appSecret, appid, authorizations, verifyTicket } = components[0]!
    const STATE_DIRECTORY = yield* directory
    writeFileSync(`${STATE_DIRECTORY}/component_verify_ticket`, Redacted.value(verifyTicket))
    for (const authorization of authorizations) {
      writeFileSync(`${STATE_DIRECTORY}/${authorization.appid}`, Redacted.value(authorization.refreshToken))
    }
    return {
      WECHAT_COMPONENT_APPID: appid,
      WECHAT_COMPONENT_SECRET: Redacted.value(appSecret),
      STATE_DIRECTORY,
      WECHAT_APPIDS: miniPrograms[0].appid
    }
  })
}

for (const [runtime, command, args] of runtimes) {
  describe(`examples/credentials under ${runtime}`, () => {
    for (const program of programs) {
      const needsRedis = program === "several-servers.ts"
      it.scopedLive.skipIf(needsRedis && !hasRedis)(`${program}${needsRedis ? " (with redis-server)" : ""}`, () =>
        Effect.gen(function* () {
          const emulator = yield* Emulator.Emulator
          const env = { WECHAT_BASE_URL: emulator.url.href, ...(yield* environments[program]!) }
          const words =
            program === "cloud-function.ts"
              ? [...args, "-e", `import(${JSON.stringify(folder + program)}).then(({ main }) => main())`]
              : [...args, folder + program]
          const { code, stderr, stdout } = yield* Effect.promise(() => run(command, words, { env }))
          assert.deepStrictEqual([code, stderr], [0, ""])
          for (const { appid } of yield* emulator.plugins) {
            assert.include(stdout, appid)
          }
        }).pipe(Effect.provide(Emulator.layer({ world: World.sample })))
      )
    }
  })
}
