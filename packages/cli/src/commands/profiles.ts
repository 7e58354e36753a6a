import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import type { Say, Text } from "../program/language/language.js"
import * as Profiles from "../program/miniProgram/profiles.js"
import * as Settings from "../program/miniProgram/settings.js"
import { Screen } from "../program/output/screen.js"
import { omitted, shortened } from "../program/output/table.js"

const credentials: Readonly<Record<string, Text>> = {
  secret: { zh: "AppSecret", en: "app secret" },
  accessToken: { zh: "access_token", en: "access token" }
}

const places: Readonly<Record<string, Text>> = {
  file: { zh: "写在文件中", en: "in the file" },
  command: { zh: "由命令输出", en: "from a command" }
}

const none = (file: string | null, say: Say) =>
  say(
    file === null
      ? Settings.withoutFolder.hint
      : {
          zh: `${file} 中没有小程序。执行 wechat-plugin login 添加。`,
          en: `There is no mini program in ${file}. Add one with wechat-plugin login.`
        }
  )

export const run = () =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const known = yield* Profiles.list
    const table = {
      head: [
        say({ zh: "名称", en: "name" }),
        "appid",
        say({ zh: "默认", en: "default" }),
        say({ zh: "凭证", en: "credential" }),
        omitted(say({ zh: "来源", en: "kept" })),
        shortened(say({ zh: "服务器", en: "server" }))
      ],
      rows: known.profiles.map(({ appid, baseUrl, credential, from, name }) => [
        name,
        appid,
        name === known.default ? say({ zh: "是", en: "yes" }) : "",
        say(credentials[credential]!),
        say(places[from]!),
        baseUrl ?? ""
      ])
    }
    yield* answer(known, () => [
      ...(known.profiles.length === 0 ? [none(known.file, say)] : [table]),
      ...(known.environment === null
        ? []
        : [say({ zh: `环境变量 WECHAT_APPID：${known.environment}`, en: `WECHAT_APPID: ${known.environment}` })])
    ])
  })

export const path = () =>
  Effect.gen(function* () {
    const { answer } = yield* Screen
    const file = yield* Effect.mapError(Effect.flatten(Settings.path), () => Settings.withoutFolder)
    const fs = yield* FileSystem.FileSystem
    const exists = yield* Effect.orElseSucceed(fs.exists(file), () => false)
    yield* answer({ file, exists }, () => [file])
  })
