/**
 * The results of a sweep as text.
 *
 * @since 0.1.0
 */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Stream from "effect/Stream"
import type { AppResult } from "./AppResult.js"
import * as Results from "./Results.js"
import type { SweepId } from "./Sweep.js"

/**
 * JSON Lines: an `AppResult` on each line, ordered by appid.
 *
 * @since 0.1.0
 * @category queries
 */
export const jsonLines = (sweepId: SweepId): Stream.Stream<string, SqlError, SqlClient.SqlClient> =>
  Stream.map(Results.all(sweepId), (result) => `${JSON.stringify(result)}\n`)

/** A cell that begins like a formula gets an apostrophe, so that no spreadsheet runs what a plugin's developer wrote. */
const cell = (value: string | number | undefined): string => {
  const text = String(value ?? "")
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const line = (cells: ReadonlyArray<string | number | undefined>) => `${cells.map(cell).join(",")}\r\n`

const header = line([
  "appid",
  "outcome",
  "plugin_appid",
  "nickname",
  "status",
  "reason",
  "error",
  "category",
  "errcode",
  "message",
  "recorded_at"
])

const linesOf = ({ appId, error, outcome, plugins, recordedAt }: AppResult): string => {
  const at = new Date(recordedAt).toISOString()
  const { category, errcode, message, tag } = error ?? {}
  return plugins.length === 0
    ? line([appId, outcome, "", "", "", "", tag, category, errcode, message, at])
    : plugins
        .map(({ nickname, pluginAppid, reason, status }) =>
          line([appId, outcome, pluginAppid, nickname, status, reason, "", "", "", "", at])
        )
        .join("")
}

/**
 * CSV (RFC 4180, UTF-8): a line for each plugin of each mini program, and one for a mini program without plugins or with an error. The first
 * line names the columns.
 *
 * **Gotchas** A cell that begins with `=`, `+`, `-` or `@` gets an apostrophe in front.
 *
 * @since 0.1.0
 * @category queries
 */
export const csv = (sweepId: SweepId): Stream.Stream<string, SqlError, SqlClient.SqlClient> =>
  Stream.concat(Stream.make(header), Stream.map(Results.all(sweepId), linesOf))
