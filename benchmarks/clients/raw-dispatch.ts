import { type Dispatcher, Pool } from "undici"
import { loops, type Make } from "./client.js"

/** The lower bound: only the request, the reply and JSON.parse. No token, no deadline, no size limit, no check. */
export const make: Make = (target) => {
  const pool = new Pool(target.origin, { connections: 64 })
  const options: Dispatcher.DispatchOptions = {
    path: `/wxa/plugin?access_token=${"T".repeat(157)}`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"action":"list"}'
  }
  const list = () =>
    new Promise<number>((resolve, reject) => {
      const chunks: Array<Buffer> = []
      pool.dispatch(options, {
        onRequestStart: () => {},
        onResponseData: (_, chunk) => {
          chunks.push(chunk)
        },
        onResponseEnd: () => {
          const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
          resolve((JSON.parse(bytes.toString()) as { plugin_list: ReadonlyArray<unknown> }).plugin_list.length)
        },
        onResponseError: (_, error) => reject(error)
      })
    })
  return loops(target, list)
}
