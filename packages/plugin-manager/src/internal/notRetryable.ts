/** The same error, for a failure that has been retried already. */
export const notRetryable = <E extends { readonly isRetryable: boolean }>(error: E): E => {
  if (!error.isRetryable) {
    return error
  }
  // every class of this library is constructed from its own fields
  const Class = error.constructor as new (fields: E) => E
  return new Class({ ...error, isRetryable: false })
}
