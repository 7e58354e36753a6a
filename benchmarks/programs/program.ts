import * as Redacted from "effect/Redacted"

/** What the programs of an app know. */
export const options = {
  appId: "wx00000000000000a1",
  appSecret: Redacted.make("made-up-secret-of-the-benchmarks"),
  baseUrl: new URL(process.env["WECHAT_BASE_URL"] ?? "https://api.weixin.qq.com")
}

/** The first output of a program is where its cold start ends. */
export const print = async (list: Promise<ReadonlyArray<unknown>>) => {
  const plugins = await list
  console.log(plugins.length)
  process.exit()
}
