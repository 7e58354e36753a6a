/**
 * A server by Hono whose route lists the plugins of a mini program.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts      (or: bun main.ts)
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { serve } from "@hono/node-server"
import { Config, Effect, ManagedRuntime } from "effect"
import { Hono } from "hono"

/** Built by the first request and reused by later ones, so that the token is fetched once. */
const runtime = ManagedRuntime.make(
  NodeTransport.layerNodeConfig({
    appId: Config.string("WECHAT_APPID"),
    appSecret: Config.redacted("WECHAT_SECRET"),
    baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
  })
)

const list = PluginManager.getPluginList.pipe(
  PluginManager.retryTransient,
  Effect.match({
    onSuccess: (plugins) => ({ status: 200, body: { plugins } }) as const,
    onFailure: ({ _tag, hint }) => ({ status: 502, body: { error: _tag, hint: hint.en } }) as const
  })
)

const app = new Hono().get("/plugins", async (context) => {
  // a client that goes away interrupts the call
  const { body, status } = await runtime.runPromise(list, { signal: context.req.raw.signal })
  return context.json(body, status)
})

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}/plugins`)
)
