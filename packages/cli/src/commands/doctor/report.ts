/** What WeChat really answers, compared with what we believe: for an issue, without any value. */
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import { shapeOf } from "./shape.js"

const calls = [
  { title: "list", api: "pluginManager.getPluginList", path: "/wxa/plugin", body: { action: "list" } },
  ...[0, 1, 2, 1_000_000].map((page) => ({
    title: `dev_apply_list, page ${page}`,
    api: "pluginManager.getPluginDevApplyList",
    path: "/wxa/devplugin" as const,
    body: { action: "dev_apply_list", page, num: 10 }
  }))
] as const

/** What is believed, to read beside what came. */
const beliefs = [
  "list: plugin_list[] has appid, headimgurl, nickname: string; status: number; reason: string, or absent",
  "dev_apply_list: apply_list[] has create_time: digits; categories[] has first, second: string",
  "the first page is 1; a page beyond the last is an empty array, not null or absent; page 0 gets errcode 47001"
]

/** The lines of the report. Only read-only calls are made. */
export const make = Effect.gen(function* () {
  const transport = yield* Transport
  const parts = yield* Effect.forEach(calls, ({ title, ...call }) =>
    transport.call(call).pipe(
      Effect.match({
        onFailure: ({ reason }) => [`no reply (${reason})`],
        onSuccess: ({ body, errcode }) => [`errcode ${errcode}`, ...shapeOf(body)]
      }),
      Effect.map((lines) => [`${title}:`, ...lines.map((line) => `  ${line}`)])
    )
  )
  return ["believed:", ...beliefs.map((line) => `  ${line}`), ...parts.flat()]
})
