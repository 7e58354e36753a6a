/** A fleet of the emulator inside the command. */
import * as Emulator from "@effect-wechat/emulator/Emulator"
import * as World from "@effect-wechat/emulator/World"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Context from "effect/Context"
import * as Redacted from "effect/Redacted"
import type { Access } from "./access.js"

const appIdOf = (at: number): string => `wx${String(at + 1).padStart(16, "0")}`

export const appIds = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, at) => appIdOf(at))

const versions = ["1.0.0", "1.1.0"]

const plugins = [
  { appid: "wx00000000000000b1", nickname: "腾讯位置服务路线规划", versions },
  { appid: "wx00000000000000b2", nickname: "门店客服", versions },
  { appid: "wx00000000000000b3", nickname: "会员积分", autoApproves: true, versions }
] as const

/** Two plugins each, and one for every tenth; most of the applications are approved. */
const applicationsOf = (applicant: string, at: number) =>
  plugins
    .slice(0, at % 10 === 9 ? 1 : 2)
    .map(({ appid }, plugin) => ({ applicant, plugin: appid, status: [2, 2, 2, 1, 2, 3, 2][(at + plugin) % 7]! }))

const worldOf = (ids: ReadonlyArray<string>) =>
  World.make({
    miniPrograms: ids.map((appid) => ({ appid })) as never,
    plugins: plugins.map((plugin) => ({ ...plugin })),
    applications: ids.flatMap(applicationsOf),
    components: [{ appid: "wx00000000000000c1", authorizations: ids.map((appid) => ({ appid })) }]
  })

/** One in a hundred has a wrong secret, so that there are errors to see. */
const hasWrongSecret = (appId: string) => Number(appId.slice(2)) % 100 === 42

/** Starts it, until the scope closes. An update is made as the emulator's third-party platform. */
export const start = (count: number, asPlatform: boolean) =>
  Effect.gen(function* () {
    const world = worldOf(appIds(count))
    const emulator = Context.get(yield* Layer.build(Emulator.layer({ world, journalLimit: 1000 })), Emulator.Emulator)
    const component = world.components[0]!
    const { appid, appSecret, verifyTicket } = component
    const access: Access = {
      baseUrl: emulator.url,
      credentials: asPlatform
        ? {
            componentAppId: appid,
            componentAppSecret: Redacted.value(appSecret),
            verifyTicket: async () => Redacted.value(verifyTicket),
            refreshToken: async () => Redacted.value(component.authorizations[0]!.refreshToken),
            onRefreshToken: async () => undefined
          }
        : {
            appSecret: async (appId) =>
              hasWrongSecret(appId)
                ? "a-wrong-secret"
                : Redacted.value(world.miniPrograms[Number(appId.slice(2)) - 1]!.appSecret)
          }
    }
    return access
  })
