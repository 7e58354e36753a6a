declare const VERSION: string | undefined

/** The build replaces VERSION. */
export const version = typeof VERSION === "string" ? VERSION : "0.0.0"
