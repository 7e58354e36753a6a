const code = /^\w{1,64}$/

/**
 * The system's code of a network failure, such as ECONNREFUSED. Nothing else is taken from a cause: messages and requests
 * of HTTP clients hold the URL.
 */
export const describeCause = (cause: unknown): string => {
  for (let error = cause, depth = 0; depth < 8 && typeof error === "object" && error !== null; depth++) {
    const { cause, code: value, errors }: { cause?: unknown; code?: unknown; errors?: unknown } = error
    if (typeof value === "string" && code.test(value)) {
      return ` (${value})`
    }
    error = cause ?? (Array.isArray(errors) ? errors[0] : undefined)
  }
  return ""
}
