import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MiniApp } from "node-easywechat"
import { appId, appSecret, loops, type Make } from "./client.js"

/** It has no method for plugins, so this uses its client, which adds the token. It keeps the token in a file, its default. */
export const make: Make = (target) => {
  const app = new MiniApp({
    app_id: appId,
    secret: appSecret,
    use_stable_access_token: true,
    file_cache: { path: mkdtempSync(join(tmpdir(), "easywechat-")), dirMode: 0o777, fileMode: 0o666, ext: ".cache" },
    http: { baseURL: `${target.origin}/` }
  })
  const client = app.getClient()
  return loops(target, async () => {
    const response = await client.postJson("wxa/plugin", { action: "list" })
    return (response.toObject().plugin_list as ReadonlyArray<unknown>).length
  })
}
