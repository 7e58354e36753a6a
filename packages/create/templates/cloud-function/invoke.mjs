// Calls the built function twice, as the cloud does: it requires the folder once, and calls `main` for each event.
import { createRequire } from "node:module"

const { main } = createRequire(import.meta.url)("./getPluginList")

for (const event of [{}, {}]) {
  console.log(JSON.stringify(await main(event, {})))
}
