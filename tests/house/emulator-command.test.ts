import { Emulator } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { spawn } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import * as Https from "node:https"
import { dirname } from "node:path"
import { createInterface } from "node:readline"
import { root, run } from "@effect-wechat/test-support/process"

const command = ["--import", "tsx", "packages/emulator/src/bin.ts"]

describe("effect-wechat-emulator", () => {
  it.live("says where it is, logs requests without tokens, and ends cleanly at Ctrl-C", () =>
    Effect.gen(function* () {
      const child = spawn("node", [...command, "--port", "0"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      /** the next line that matches */
      const line = (pattern: RegExp) =>
        Effect.promise(async () => {
          for (;;) {
            const { done, value } = await lines.next()
            const match = done ? undefined : pattern.exec(value)
            assert.isFalse(done, `the command ended before ${pattern}`)
            if (match) {
              return match
            }
          }
        })
      const [, url] = yield* line(/^HTTPS API +(\S+)/)
      const [, appId, secret] = yield* line(/WECHAT_APPID=(\S+) WECHAT_SECRET=(\S+)/)
      const plugins = yield* PluginManager.getPluginList.pipe(
        Effect.provide(
          HttpsTransport.layerFetch({ appId: appId!, appSecret: Redacted.make(secret!), baseUrl: new URL(url!) })
        )
      )
      assert.lengthOf(plugins, 4)
      const [token] = yield* line(/stable_token.*200.*/)
      const [list] = yield* line(/\/wxa\/plugin.*200.*/)
      assert.notInclude(token + list, secret!)
      assert.notMatch(list, /access_token=[^&\s]*\w{12}/)
      const client = EmulatorClient.layer({ url: new URL(url!) }).pipe(Layer.provide(FetchHttpClient.layer))
      yield* Effect.gen(function* () {
        const wechat = yield* Emulator.Emulator
        yield* wechat.advance("3 days")
        const [first] = yield* wechat.plugins
        assert.strictEqual(first?.status, 4, "what waited three days has timed out")
      }).pipe(Effect.provide(client))
      child.kill("SIGINT")
      assert.strictEqual(yield* Effect.promise(() => ended), 0)
    })
  )

  /** Starts the command. The lines that it prints are read until one matches. */
  const start = (...args: ReadonlyArray<string>) =>
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => spawn("node", [...command, "--port", "0", ...args], { cwd: root })),
        (child) => Effect.sync(() => child.kill("SIGKILL"))
      ),
      (child) => {
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
        return (pattern: RegExp) =>
          Effect.promise(async () => {
            for (let line = await lines.next(); !line.done; line = await lines.next()) {
              const match = pattern.exec(line.value)
              if (match) {
                return match[1]!
              }
            }
            throw new Error(`the command ended before ${pattern}`)
          })
      }
    )

  it.scopedLive("starts with a world from a file", () =>
    Effect.gen(function* () {
      const line = yield* start("--world", "packages/emulator/world.example.json")
      assert.strictEqual(yield* line(/WECHAT_APPID=(\S+)/), "wx-shop")
    })
  )

  it.scopedLive("serves HTTPS with --tls, and says where the certificate is", () =>
    Effect.gen(function* () {
      const line = yield* start("--tls")
      const url = yield* line(/^HTTPS API +(\S+)/)
      const file = yield* line(/^Certificate +(\S+)/)
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(dirname(file), { recursive: true })))
      const status = yield* Effect.promise(
        () =>
          new Promise((resolve, reject) => {
            Https.get(url, { ca: readFileSync(file) }, ({ statusCode }) => resolve(statusCode)).on("error", reject)
          })
      )
      assert.strictEqual(status, 200)
    })
  )

  // the container's command, as written in the Dockerfile, on a free port
  it.scopedLive("runs with the command of the Dockerfile", () =>
    Effect.gen(function* () {
      const dockerfile = readFileSync(`${root}packages/emulator/Dockerfile`, "utf8")
      const [name, ...args] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)![1]!) as ReadonlyArray<string>
      assert.strictEqual(name, "effect-wechat-emulator")
      const line = yield* start(...args)
      assert.match(yield* line(/^HTTPS API +(\S+)/), /^http:/)
    })
  )

  it.live("shows its options and its version", () =>
    Effect.gen(function* () {
      const help = yield* Effect.promise(() => run("node", [...command, "--help"]))
      assert.deepStrictEqual([help.code, help.stderr], [0, ""])
      for (const option of ["port", "world", "tls", "host", "version"]) {
        assert.include(help.stdout, `--${option}`)
      }
      const { version } = JSON.parse(readFileSync(`${root}packages/emulator/package.json`, "utf8"))
      const shown = yield* Effect.promise(() => run("node", [...command, "--version"]))
      assert.deepStrictEqual([shown.code, shown.stdout], [0, `${version}\n`])
    })
  )

  const mistakes: ReadonlyArray<readonly [args: ReadonlyArray<string>, sentence: string]> = [
    [["--port", "x"], `--port must be a number from 0 to 65535, and not "x".`],
    [["--port", "70000"], `--port must be a number from 0 to 65535, and not "70000".`],
    [["--prot", "1"], "There is no option --prot. Did you mean --port?"],
    [["--nonsense"], "There is no option --nonsense."],
    [["--port"], "--port lacks its value: --port <number>"],
    [["--world", "--tls"], "--world lacks its value: --world <file>"],
    [["--tls=yes"], "--tls takes no value."],
    [["start"], `The command takes options, and "run" with a command after it, and not "start".`],
    [["run"], "run lacks its command: run <command> [arguments]"],
    [["--world", "no-such.json"], "no-such.json: cannot be read: ENOENT"]
  ]

  it.live.each(mistakes)("names what is wrong with %j, and ends with 1", ([args, sentence]) =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* Effect.promise(() => run("node", [...command, ...args]))
      assert.deepStrictEqual([code, stdout], [1, ""])
      assert.strictEqual(stderr.split("\n")[0], sentence)
    })
  )

  it.live("`run` gives a command the environment of an emulator, and ends with its exit code", () =>
    Effect.gen(function* () {
      const program = `
        const { WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_BASE_URL: base } = process.env
        const body = JSON.stringify({ grant_type: "client_credential", appid, secret })
        fetch(base + "/cgi-bin/stable_token", { method: "POST", body })
          .then((response) => response.json())
          .then(({ expires_in }) => (console.log(expires_in, process.argv[1]), process.exit(3)))`
      const { code, stderr, stdout } = yield* Effect.promise(() =>
        run("node", [...command, "run", "node", "-e", program, "--", "--help"])
      )
      assert.deepStrictEqual([code, stderr, stdout], [3, "", "7200 --help\n"])
      const missing = yield* Effect.promise(() => run("node", [...command, "run", "no-such-command"]))
      assert.deepStrictEqual([missing.code, missing.stdout], [1, ""])
      assert.match(missing.stderr, /^no-such-command cannot be started: .*ENOENT\n$/)
    })
  )
})
