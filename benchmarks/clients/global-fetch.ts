import { loops, type Make } from "./client.js"

export const make: Make = (target) => {
  const url = `${target.origin}/wxa/plugin?access_token=${"T".repeat(157)}`
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: '{"action":"list"}' }
  return loops(target, async () => {
    const response = await fetch(url, request)
    const reply = (await response.json()) as { readonly plugin_list: ReadonlyArray<unknown> }
    return reply.plugin_list.length
  })
}
