declare const VERSION: string | undefined

/** The build writes it in. */
export const version = typeof VERSION === "string" ? VERSION : "0.0.0"
