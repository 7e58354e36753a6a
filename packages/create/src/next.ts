import type { Choices } from "./choices.js"
import type { Say, Text } from "./texts.js"

const credentials = {
  https: "WECHAT_APPID=… WECHAT_SECRET=…",
  cloud: "CLOUD_ENV=… TENCENTCLOUD_SECRETID=… TENCENTCLOUD_SECRETKEY=…"
}

/** What to do with a project that has just been written. */
export const next = ({ folder, runtime, transport }: Choices, say: Say): string => {
  const tool = runtime === "bun" ? "bun" : "npm"
  const commands: ReadonlyArray<readonly [command: string, does: Text]> = [
    [`cd ${JSON.stringify(folder)}`, { en: "", zh: "" }],
    [`${tool} install`, { en: "", zh: "" }],
    [`${tool} run start`, { en: "lists plugins of an emulator of WeChat", zh: "列出微信模拟器中的插件" }],
    [`${tool} run test`, { en: "runs its test", zh: "运行测试" }]
  ]
  const own =
    runtime === "cloud-function"
      ? say({
          en: "Upload the folder getPluginList with WeChat's DevTools: cloud install dependencies.",
          zh: "用微信开发者工具上传目录 getPluginList：云端安装依赖。"
        })
      : `${say({ en: "For a mini program of your own:", zh: "换成自己的小程序：" })}

  ${credentials[transport]} ${runtime === "bun" ? "bun" : "npx tsx"} main.ts`
  const lines = commands.map(([command, does]) => `  ${command.padEnd(16)}${say(does) && `  # ${say(does)}`}`.trimEnd())
  return `${say({ en: "Written. Next:", zh: "已生成。接下来：" })}\n\n${lines.join("\n")}\n\n${own}`
}
