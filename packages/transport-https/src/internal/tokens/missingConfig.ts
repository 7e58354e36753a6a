import * as ConfigError from "effect/ConfigError"

/** The names of the variables that a Config did not find. Other errors may hold a secret, so nothing is taken from them. */
export const missingConfig = (error: unknown): ReadonlyArray<string> => {
  if (!ConfigError.isConfigError(error)) {
    return []
  }
  switch (error._op) {
    case "MissingData":
      return [error.path.join("_")]
    case "And":
    case "Or":
      return [...missingConfig(error.left), ...missingConfig(error.right)]
    default:
      return []
  }
}
