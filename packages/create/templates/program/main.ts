import { Console, Effect } from "effect"
import { lines } from "./plugins.js"
import { WeChat } from "./wechat.js"

const program = Effect.flatMap(lines, (all) => Console.log(all.join("\n")))

await Effect.runPromise(Effect.provide(program, WeChat))
