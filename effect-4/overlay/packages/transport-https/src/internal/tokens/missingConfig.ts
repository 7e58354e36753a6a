import * as Config from "effect/Config"
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"

const missing = (issue: SchemaIssue.Issue, path: ReadonlyArray<PropertyKey>): ReadonlyArray<string> => {
  switch (issue._tag) {
    case "Pointer":
      return missing(issue.issue, [...path, ...issue.path])
    case "Composite":
    case "AnyOf":
      return issue.issues.flatMap((one) => missing(one, path))
    case "Encoding":
      return missing(issue.issue, path)
    // to Effect 4, what is not set is `undefined`
    case "InvalidType":
    case "MissingKey":
      return [path.map(String).join("_")]
    default:
      return []
  }
}

/** The names of the variables that a Config did not find. Other errors may hold a secret, so nothing is taken from them. */
export const missingConfig = (error: unknown): ReadonlyArray<string> =>
  error instanceof Config.ConfigError && Schema.isSchemaError(error.cause) ? missing(error.cause.issue, []) : []
