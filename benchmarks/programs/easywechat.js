import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MiniApp } from "node-easywechat"

const app = new MiniApp({
  app_id: "wx00000000000000a1",
  secret: "made-up",
  use_stable_access_token: true,
  file_cache: { path: mkdtempSync(join(tmpdir(), "easywechat-")) },
  http: { baseURL: `${process.env.WECHAT_BASE_URL}/` }
})

app
  .getClient()
  .request("post", "wxa/plugin", { json: { action: "list" } })
  .then((response) => {
    console.log(response.toObject().plugin_list.length)
    process.exit()
  })
