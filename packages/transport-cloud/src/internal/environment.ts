/**
 * The one file that reads `process.env`. It reads it at each call, as wx-server-sdk does: the cloud renews keys and tokens between the calls
 * of a warm function.
 */

/** The keys that the SDK signs with, unless `init` has others. */
const keys = ["TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY"]

/** The secrets that the SDK sends or signs with. */
const secretNames = [
  "TENCENTCLOUD_SECRETKEY",
  "TENCENTCLOUD_SESSIONTOKEN",
  "TCB_SESSIONTOKEN",
  "WX_API_TOKEN",
  "WX_TRIGGER_API_TOKEN_V0",
  "WX_CLOUDBASE_ACCESSTOKEN"
]

/** This package is compiled without Node's types. */
declare const process: { readonly env: Readonly<Record<string, string | undefined>> }

/** An empty variable counts as absent, as it does for the SDK. */
const read = (name: string): string | undefined => process.env[name] || undefined

export const hasKeys = (): boolean => keys.every((name) => read(name) !== undefined)

export const secrets = (): ReadonlyArray<string> =>
  secretNames.flatMap((name) => {
    const value = read(name)
    return value === undefined ? [] : [value]
  })
