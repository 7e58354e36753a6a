// A process with one client. It makes calls when it is told to, and reports their cost.
import { pathToFileURL } from "node:url"

const { make } = await import(pathToFileURL(process.argv[2]).href)
const clients = new Map()

const clientOf = async ({ concurrency, origin }) => {
  const key = `${origin} ${concurrency}`
  if (!clients.has(key)) {
    clients.set(key, await make({ concurrency, origin }))
  }
  return clients.get(key)
}

const measure = async ({ calls, plugins, ...target }) => {
  const client = await clientOf(target)
  const started = performance.now()
  const before = process.cpuUsage()
  const { failures, read } = await client.run(calls)
  const { system, user } = process.cpuUsage(before)
  const seconds = (performance.now() - started) / 1000
  if (failures.length > 0) {
    throw failures[0]
  }
  if (read !== calls * plugins) {
    throw new Error(`${calls} calls gave ${read} plugins instead of ${calls * plugins}`)
  }
  return { cpu: (user + system) / calls, rate: calls / seconds }
}

/** Makes calls for `millis`, and on until `least` calls are made or twice that time has passed. Returns the last measurement. */
const warmUp = async ({ least, millis, ...work }) => {
  const started = performance.now()
  const isCold = () => {
    const passed = performance.now() - started
    return passed < millis || (made < least && passed < 2 * millis)
  }
  let calls = 4 * work.concurrency
  let made = 0
  let result
  do {
    result = await measure({ ...work, calls })
    made += calls
    calls = Math.max(work.concurrency, Math.round(result.rate / 10))
  } while (isCold())
  return result
}

/** The used heap after garbage collection. */
const heap = async () => {
  for (let at = 0; at < 4; at++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { bytes: process.memoryUsage().heapUsed }
}

/** Makes all calls at once, and counts those that fail. */
const flood = async ({ calls, plugins, ...target }) => {
  const client = await clientOf({ ...target, concurrency: calls })
  const rss = process.memoryUsage().rss
  const started = performance.now()
  const { failures, read } = await client.run(calls)
  const millis = performance.now() - started
  const bytes = process.resourceUsage().maxRSS * 1024 - rss
  return { succeeded: read / plugins, failed: failures.length, firstFailure: String(failures[0]), millis, bytes }
}

const tasks = { measure, warmUp, heap, flood }

process.on("message", ({ task, ...work }) => {
  tasks[task](work).then(
    (result) => process.send(result),
    (error) => process.send({ failure: `${process.argv[2]}: ${error?.stack ?? error}` })
  )
})
process.on("disconnect", () => process.exit())
process.send({})
