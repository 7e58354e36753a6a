import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs"
import { environmentOf, folder, name, runtime, wechat, write } from "./support.js"
import { terminal } from "./terminal.js"

const down = "\u001b[B"

describe(`login under ${name}`, () => {
  const test = (
    title: string,
    run: (
      env: Readonly<Record<"HOME" | "WECHAT_BASE_URL", string>>,
      miniProgram: { readonly appid: string; readonly secret: string },
      file: string
    ) => Effect.Effect<void, unknown, Emulator.Emulator | Scope.Scope>
  ) =>
    it.scopedLive(title, () =>
      Effect.gen(function* () {
        const emulator = environmentOf(yield* Emulator.Emulator)
        const HOME = yield* folder
        const env = { HOME, XDG_CONFIG_HOME: "", WECHAT_BASE_URL: emulator.WECHAT_BASE_URL }
        const miniProgram = { appid: emulator.WECHAT_APPID, secret: emulator.WECHAT_SECRET }
        yield* run(env, miniProgram, `${HOME}/.config/wechat-plugin/config.json`)
      }).pipe(Effect.provide(Emulator.layer()))
    )

  const mode = (file: string) => statSync(file).mode & 0o777

  test("asks for the appid and the secret, writes a file that only the user can read, and checks it", (env, shop, file) =>
    Effect.gen(function* () {
      const session = yield* terminal(["login"], env, runtime)
      yield* session.shows(/Appid of the mini program/)
      session.type("shop\r")
      yield* session.shows(/It begins with wx/)
      session.type(`${"\u007f".repeat(4)}${shop.appid}\r`)
      yield* session.shows(/Where does the app secret come from\?/)
      session.type(`${down}\r`)
      yield* session.shows(/App secret of wx/)
      session.type(`${shop.secret}\r`)
      yield* session.shows(/A name for it, for --profile/)
      session.type("\r")
      assert.strictEqual(yield* session.ended, 0, session.screen())
      assert.match(session.screen(), /Written to .*config\.json\.\s+✓ configuration: .*profile main/)
      assert.match(session.screen(), /✓ plugins: the plugins can be listed/)
      assert.notInclude(session.bytes(), shop.secret)
      assert.deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), { default: "main", profiles: { main: shop } })
      assert.deepStrictEqual([mode(file), mode(file.replace("/config.json", ""))], [0o600, 0o700])
      const list = yield* wechat(["list"], env)
      assert.strictEqual(list.code, 0, list.stderr)
    }))

  test("keeps what is in the file, follows a link to it, and asks before it replaces a profile", (env, shop, file) =>
    Effect.gen(function* () {
      const real = `${env.HOME}/real.json`
      const lab = { appid: "wxlab", secret: { command: "echo lab" } }
      write(real, { default: "lab", profiles: { lab } }, 0o644)
      const link = `${env.HOME}/config.json`
      symlinkSync(real, link)
      write(`${real}.secret`, shop.secret)
      const command = `cat '${real}.secret'`
      const withLink = { ...env, WECHAT_PLUGIN_CONFIG: link }
      const answer = (profile: string) =>
        Effect.gen(function* () {
          const session = yield* terminal(["login", "--profile", profile, "--appid", shop.appid], withLink, runtime)
          yield* session.shows(/Appid of the mini program.*wx/)
          session.type("\r")
          yield* session.shows(/Where does the app secret come from\?/)
          session.type("\r")
          yield* session.shows(/Command \(such as/)
          session.type(`${command}\r`)
          return session
        })
      const added = yield* answer("shop")
      assert.strictEqual(yield* added.ended, 0, added.screen())
      const profiles = { lab, shop: { appid: shop.appid, secret: { command } } }
      assert.deepStrictEqual(JSON.parse(readFileSync(real, "utf8")), { default: "lab", profiles })
      assert.strictEqual(readFileSync(link, "utf8"), readFileSync(real, "utf8"))
      assert.strictEqual(mode(real), 0o600)
      const replaced = yield* answer("lab")
      yield* replaced.shows(/Replace the profile lab\?/)
      replaced.type("n")
      assert.strictEqual(yield* replaced.ended, 2)
      assert.deepStrictEqual(JSON.parse(readFileSync(real, "utf8")), { default: "lab", profiles })
      assert.isFalse(existsSync(file))
    }))

  test("writes nothing for a secret of the environment, nor into a file that is not trusted", (env, shop, file) =>
    Effect.gen(function* () {
      const session = yield* terminal(
        ["login", "--lang", "zh"],
        { ...env, WECHAT_APPID: shop.appid, WECHAT_SECRET: shop.secret },
        runtime
      )
      yield* session.shows(/小程序的 appid.*wx/)
      session.type("\r")
      yield* session.shows(/AppSecret 从哪里来？/)
      session.type(`${down}${down}\r`)
      assert.strictEqual(yield* session.ended, 0, session.screen())
      assert.match(session.screen(), /export WECHAT_APPID=wx\w+，以及 export WECHAT_SECRET=…/)
      assert.match(session.screen(), /✓ 凭证：凭证有效/)
      assert.isFalse(existsSync(file))
      const others = `${env.HOME}/others.json`
      write(others, { profiles: {} }, 0o666)
      const refused = yield* terminal(["login"], { ...env, WECHAT_PLUGIN_CONFIG: others }, runtime)
      assert.strictEqual(yield* refused.ended, 4)
      assert.match(refused.screen(), /is not trusted: others can change/)
    }))

  test("needs a terminal", (env) =>
    Effect.gen(function* () {
      const { code, stderr } = yield* wechat(["login"], env)
      assert.strictEqual(code, 2)
      assert.match(stderr, /needs a terminal → In a script, set WECHAT_APPID/)
    }))

  test("profiles and config path show what there is, without secrets", (env, shop, file) =>
    Effect.gen(function* () {
      assert.match(
        (yield* wechat(["profiles"], env)).stdout,
        /^There is no mini program in .*config\.json\. Add one with wechat-plugin login\.\n$/
      )
      assert.strictEqual((yield* wechat(["config", "path"], env)).stdout, `${file}\n`)
      const own = `${env.HOME}/own.json`
      write(own, {
        default: "shop",
        profiles: {
          shop,
          chain: { appid: "wxchain", accessToken: { command: "fetch-token" }, baseUrl: "http://127.0.0.1:9" }
        }
      })
      const withOwn = { ...env, WECHAT_PLUGIN_CONFIG: own, WECHAT_APPID: "wxenv" }
      const { code, stdout } = yield* wechat(["profiles"], withOwn)
      assert.strictEqual(code, 0)
      assert.match(stdout, /^shop +wx00000000000000a1 +yes +app secret +in the file$/m)
      assert.match(stdout, /^chain +wxchain +access token +from a command +http:\/\/127\.0\.0\.1:9$/m)
      assert.match(stdout, /^WECHAT_APPID: wxenv$/m)
      const json = yield* wechat(["profiles", "--json"], withOwn)
      assert.notInclude(stdout + json.stdout, shop.secret)
      const path = yield* wechat(["config", "path", "--json"], withOwn)
      assert.deepStrictEqual(JSON.parse(path.stdout), { file: own, exists: true })
    }))
})
