import * as Redacted from "effect/Redacted"

/** The options of all programs. */
export const options = {
  appId: "wx00000000000000a1",
  appSecret: Redacted.make("made-up-secret-of-the-benchmarks"),
  baseUrl: new URL(process.env["WECHAT_BASE_URL"] ?? "https://api.weixin.qq.com")
}

/** Prints the result. The cold start of a program ends at its first output. */
export const print = async (list: Promise<ReadonlyArray<unknown>>) => {
  const plugins = await list
  console.log(plugins.length)
  process.exit()
}
