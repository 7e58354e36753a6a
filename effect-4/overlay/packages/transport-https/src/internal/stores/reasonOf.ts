import type * as PlatformError from "effect/PlatformError"

/** What a file system says went wrong, such as `NotFound`. */
export const reasonOf = ({ reason }: PlatformError.PlatformError): string => reason._tag
