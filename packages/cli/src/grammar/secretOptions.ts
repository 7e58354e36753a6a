/** Options that other tools have for secrets, such as `--secret`, `--app-secret=…`, `--authorizer-access-token` and `--refresh-token=…`. */
export const hasSecret = (args: ReadonlyArray<string>): boolean =>
  args.some((argument) => /^--?[\w-]*(?:secret|token|ticket|password|key)(?:=|$)/i.test(argument))
