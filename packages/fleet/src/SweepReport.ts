/**
 * The results of a sweep as a page for a browser.
 *
 * @since 0.1.0
 */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Language, texts } from "./internal/report/texts.js"
import * as Head from "./internal/report/head.js"
import * as Rows from "./internal/report/rows.js"
import * as Results from "./Results.js"
import * as Sweep from "./Sweep.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** English by default */
  readonly language?: "en" | "zh" | undefined
}

const summary = (sweepId: Sweep.SweepId) =>
  Effect.all({
    progress: Sweep.progress(sweepId),
    outcomes: Results.outcomes(sweepId),
    plugins: Results.pluginsByStatus(sweepId),
    failures: Results.failures(sweepId)
  })

/**
 * One HTML file with everything in it but the avatars: the numbers, a chart of the plugins by status, the errors, and a table of all mini programs
 * that can be searched. It is written in pieces, so that a sweep of any size takes little memory.
 *
 * What other people have written (nicknames, reasons, messages) is text in it, never markup. Its Content-Security-Policy allows only its own
 * script, and images for the avatars, which the browser gets from WeChat without a referrer.
 *
 * @since 0.1.0
 * @category queries
 */
export const html = (
  sweepId: Sweep.SweepId,
  { language = "en" }: Options = {}
): Stream.Stream<string, Sweep.SweepNotFound | SqlError, SqlClient.SqlClient> =>
  Stream.unwrap(
    Effect.map(summary(sweepId), (summary) => {
      const words = texts[language satisfies Language]
      const plugins = Rows.makePlugins()
      return Stream.make(Head.head(summary, words)).pipe(
        Stream.concat(Stream.map(Results.all(sweepId), (result) => Rows.row(result, plugins))),
        Stream.concat(Stream.fromEffect(Effect.sync(() => Rows.tail(plugins, words))))
      )
    })
  )
