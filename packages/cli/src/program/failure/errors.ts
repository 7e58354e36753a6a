import * as Data from "effect/Data"
import type { Text } from "../language/language.js"

/** An error of this command, as opposed to one of the libraries. */
export class CliError extends Data.TaggedError("CliError")<{
  readonly category: "usage" | "credential"
  readonly text: Text
  readonly hint: Text
}> {
  override get message(): string {
    return `${this.text.en} → ${this.hint.en}`
  }
}

/** The arguments are wrong. */
export class UsageError extends Data.TaggedError("UsageError")<{ readonly text: Text; readonly hint: Text }> {
  readonly category = "usage"
}

/** The user answered a question with no. */
export class Cancelled extends Data.TaggedError("Cancelled") {}

/** The command has shown the failure already, as a part of its result. */
export class Reported extends Data.TaggedError("Reported")<{ readonly exitCode: number }> {}

/** The database of a fleet cannot be read or written, or another process runs its sweeps. */
export class DatabaseError extends Data.TaggedError("DatabaseError")<{
  readonly reason: "failed" | "locked"
  readonly text: Text
  readonly hint: Text
}> {}
