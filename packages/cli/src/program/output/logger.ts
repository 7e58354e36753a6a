import type * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { clean } from "./foreign.js"
import * as Streams from "./streams.js"

/** Effect's default logger writes to stdout; this one writes to stderr. */
export const layer: Layer.Layer<never> = Logger.replace(
  Logger.defaultLogger,
  Logger.make((options) => Streams.write("stderr", `${clean(Logger.logfmtLogger.log(options))}\n`))
)
