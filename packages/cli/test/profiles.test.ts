import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { mkdirSync, readFileSync } from "node:fs"
import { environmentOf, folder, wechat, write } from "./support.js"

const world = World.make({
  miniPrograms: [{ appid: "wx-shop" }, { appid: "wx-lab" }],
  plugins: [{ appid: "wx-map" }],
  applications: [{ applicant: "wx-lab", plugin: "wx-map", status: 2 }]
})

const appids = (stdout: string) => (JSON.parse(stdout) as ReadonlyArray<{ appid: string }>).map(({ appid }) => appid)

describe("the config file", () => {
  const test = (
    title: string,
    run: (
      file: string,
      of: (appid: string) => { appid: string; secret: string; baseUrl: string }
    ) => Effect.Effect<void, unknown, Emulator.Emulator>
  ) =>
    it.scopedLive(title, () =>
      Effect.gen(function* () {
        const { url, world } = yield* Emulator.Emulator
        const { miniPrograms } = yield* world
        yield* run(`${yield* folder}/config.json`, (wanted) => {
          const { appSecret, appid } = miniPrograms.find(({ appid }) => appid === wanted)!
          return { appid, secret: Redacted.value(appSecret), baseUrl: url.origin }
        })
      }).pipe(Effect.provide(Emulator.layer({ world })))
    )

  test("names mini programs, which are chosen by name, by appid, or by default", (file, of) =>
    Effect.gen(function* () {
      write(file, { default: "shop", profiles: { shop: of("wx-shop"), lab: of("wx-lab") } })
      const env = { WECHAT_PLUGIN_CONFIG: file }
      assert.deepStrictEqual(appids((yield* wechat(["list", "--json"], env)).stdout), [])
      assert.deepStrictEqual(appids((yield* wechat(["list", "--json", "--profile", "lab"], env)).stdout), ["wx-map"])
      assert.deepStrictEqual(appids((yield* wechat(["list", "--json", "--appid", "wx-lab"], env)).stdout), ["wx-map"])
      const unknown = yield* wechat(["list", "--profile", "toString"], env)
      assert.strictEqual(unknown.code, 2)
      assert.include(unknown.stderr, "The profiles are: shop, lab.")
    }))

  test("is found in the user's folder of configurations", (file, of) =>
    Effect.gen(function* () {
      const home = file.replace("/config.json", "")
      mkdirSync(`${home}/.config/wechat-plugin`, { recursive: true })
      write(`${home}/.config/wechat-plugin/config.json`, { profiles: { lab: of("wx-lab") } })
      const args = ["list", "--json", "--profile", "lab"]
      assert.deepStrictEqual(appids((yield* wechat(args, { HOME: home, XDG_CONFIG_HOME: "" })).stdout), ["wx-map"])
      assert.deepStrictEqual(appids((yield* wechat(args, { XDG_CONFIG_HOME: `${home}/.config` })).stdout), ["wx-map"])
    }))

  test("may contain a secret only if others cannot read it", (file, of) =>
    Effect.gen(function* () {
      const env = { WECHAT_PLUGIN_CONFIG: file }
      const { secret, ...others } = of("wx-lab")
      for (const mode of [0o644, 0o640, 0o604]) {
        write(file, { profiles: { lab: { ...others, secret } } }, mode)
        const { code, stderr, stdout } = yield* wechat(["list", "--profile", "lab"], env)
        assert.deepStrictEqual([code, stdout], [4, ""])
        assert.include(stderr, `chmod 600 ${file}`)
        assert.notInclude(stderr, secret)
      }
      write(file, { profiles: { lab: { ...others, accessToken: secret } } }, 0o644)
      assert.strictEqual((yield* wechat(["list", "--profile", "lab"], env)).code, 4)
      write(file, { profiles: { lab: { ...others, secret } } }, 0o600)
      assert.strictEqual((yield* wechat(["list", "--profile", "lab"], env)).code, 0)
    }))

  test("may contain a command that prints the secret, and others may read it then", (file, of) =>
    Effect.gen(function* () {
      const env = { WECHAT_PLUGIN_CONFIG: file }
      const { secret, ...others } = of("wx-lab")
      write(`${file}.secret`, `${secret}\n`)
      const list = (command: string) => {
        write(file, { profiles: { lab: { ...others, secret: { command } } } }, 0o644)
        return wechat(["list", "--json", "--profile", "lab"], env)
      }
      assert.deepStrictEqual(appids((yield* list(`cat '${file}.secret'`)).stdout), ["wx-map"])
      const told = yield* list(`echo 'touch the key' >&2; cat '${file}.secret'`)
      assert.match(told.stderr, /^touch the key\n/)
      for (const command of [
        `cat '${file}.secret'; exit 3`,
        "true",
        `cat '${file}.secret' '${file}.secret'`,
        "no-such-program"
      ]) {
        const { code, stderr, stdout } = yield* list(command)
        assert.strictEqual(code, 4, command)
        assert.include(stderr, "the command of profile lab printed no secret")
        assert.notInclude(stderr + stdout, secret)
      }
    }))

  test("may contain an access token from elsewhere", (file, of) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { appid, baseUrl } = of("wx-shop")
      const accessToken = Redacted.value(yield* emulator.issueToken)
      write(file, { profiles: { platform: { appid, baseUrl, accessToken } } })
      const { code } = yield* wechat(["list", "--profile", "platform"], { WECHAT_PLUGIN_CONFIG: file })
      assert.strictEqual(code, 0)
      assert.notInclude(
        (yield* emulator.journal).map(({ endpoint }) => endpoint),
        "token"
      )
    }))

  test("hides the secrets of the environment from its commands", (file, of) =>
    Effect.gen(function* () {
      const { secret, ...others } = of("wx-lab")
      write(`${file}.secret`, secret)
      write(file, {
        profiles: { lab: { ...others, secret: { command: `env > '${file}.env'; cat '${file}.secret'` } } }
      })
      const env = {
        ...environmentOf(yield* Emulator.Emulator),
        WECHAT_ACCESS_TOKEN: "t0ken-t0ken",
        WECHAT_PLUGIN_CONFIG: file
      }
      const { code } = yield* wechat(["list", "--profile", "lab"], env)
      assert.strictEqual(code, 0)
      const seen = readFileSync(`${file}.env`, "utf8")
      assert.include(seen, "WECHAT_PLUGIN_CONFIG=")
      assert.notMatch(seen, /WECHAT_SECRET|WECHAT_ACCESS_TOKEN|t0ken/)
    }))

  test("does not use the secret of the environment for another mini program", (_, of) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { secret } = of("wx-shop")
      const env = { ...environmentOf(emulator), WECHAT_APPID: "wx-shop", WECHAT_SECRET: secret }
      const { code, stderr } = yield* wechat(["list", "--appid", "wx-lab"], env)
      assert.strictEqual(code, 4)
      assert.include(stderr, "no app secret of wx-lab: WECHAT_SECRET belongs to wx-shop")
      const withToken = yield* wechat(["list", "--appid", "wx-lab"], {
        ...env,
        WECHAT_ACCESS_TOKEN: "t0ken-of-wx-shop"
      })
      assert.strictEqual(withToken.code, 4)
      assert.deepStrictEqual(yield* emulator.journal, [])
    }))

  test("prefers the base URL of a profile to WECHAT_BASE_URL", (file, of) =>
    Effect.gen(function* () {
      const { baseUrl, ...others } = of("wx-lab")
      write(file, { profiles: { lab: others, own: { ...others, baseUrl } } })
      const env = { WECHAT_PLUGIN_CONFIG: file }
      const list = (profile: string, url: string) =>
        wechat(["list", "--json", "--profile", profile], { ...env, WECHAT_BASE_URL: url })
      assert.deepStrictEqual(appids((yield* list("lab", baseUrl)).stdout), ["wx-map"])
      assert.deepStrictEqual(appids((yield* list("own", "http://127.0.0.1:9")).stdout), ["wx-map"])
      assert.strictEqual((yield* list("lab", "http://127.0.0.1:9")).code, 5)
    }))
})
