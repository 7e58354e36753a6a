import type * as PlatformError from "@effect/platform/Error"

/** What a file system says went wrong, such as `NotFound`. */
export const reasonOf = (error: PlatformError.PlatformError): string =>
  error._tag === "SystemError" ? error.reason : error._tag
