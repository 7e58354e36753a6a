import { getPluginList } from "@effect-wechat/plugin-manager/PluginOperations"
import * as Schema from "effect/Schema"
import { z } from "zod"
import { shuffled } from "../lib/figures.mjs"

const Zod = z.object({
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  plugin_list: z.array(
    z.object({
      appid: z.string(),
      status: z.number(),
      nickname: z.string(),
      headimgurl: z.string(),
      reason: z.string().optional()
    })
  )
})

const decodeBySchema = Schema.decodeUnknownSync(getPluginList.success)

const decoders: { readonly [name: string]: (body: unknown, text: string) => unknown } = {
  "JSON.parse": (_, text) => JSON.parse(text),
  ours: (body) => getPluginList.fastDecode?.(body),
  "zod 4": (body) => Zod.parse(body),
  "our Schema alone": (body) => decodeBySchema(body)
}

interface Work {
  readonly reply: string
  readonly records: number
  readonly rounds: number
  readonly sliceMillis: number
}

const measure = ({ records, reply, rounds, sliceMillis }: Work) => {
  // several bodies, so that no decoder sees the same object each time
  const bodies = Array.from({ length: records > 100 ? 4 : 64 }, () => JSON.parse(reply) as unknown)
  const slice = (name: string, times: number) => {
    const decoder = decoders[name]!
    const before = process.cpuUsage()
    let last: unknown
    for (let at = 0; at < times; at++) {
      last = decoder(bodies[at % bodies.length], reply)
    }
    const { system, user } = process.cpuUsage(before)
    if (last === undefined) {
      throw new Error(`${name} does not decode the reply`)
    }
    return user + system
  }
  /** how often each decoder runs in a slice of that length; measured during the warm-up */
  const times = Object.fromEntries(
    Object.keys(decoders).map((name) => {
      let count = 1
      let micros = slice(name, count)
      while (micros < sliceMillis * 1000) {
        count *= 2
        micros = slice(name, count)
      }
      return [name, Math.max(1, Math.round((count * sliceMillis * 1000) / micros))] as const
    })
  )
  const taken: { [name: string]: Array<number> } = Object.fromEntries(Object.keys(decoders).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(Object.keys(decoders))) {
      taken[name]!.push((slice(name, times[name]!) * 1000) / times[name]! / records)
    }
  }
  return { taken }
}

process.on("message", (work: Work) => process.send?.(measure(work)))
process.on("disconnect", () => process.exit())
process.send?.({})
