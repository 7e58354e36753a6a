import { root } from "@effect-wechat/test-support/process"
import { spawn } from "node:child_process"
import { once } from "node:events"

/** The emulator of this repository; what it prints is the environment that its clients need. */
export const startEmulator = async () => {
  const child = spawn("node_modules/.bin/tsx", ["packages/emulator/src/bin.ts", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"]
  })
  let text = ""
  child.stdout.setEncoding("utf8")
  while (!text.includes("curl")) {
    const [chunk] = (await once(child.stdout, "data")) as [string]
    text += chunk
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)![0]
  const printed = [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!])
  return {
    env: {
      ...(Object.fromEntries(printed) as Record<string, string>),
      WECHAT_BASE_URL: url,
      CLOUD_SERVICE_URL: `${url}/admin`
    },
    stop: () => child.kill()
  }
}
