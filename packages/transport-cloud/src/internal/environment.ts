/**
 * The one file that reads `process.env`, and anew at each call: wx-server-sdk does so too, and the platform renews keys and
 * tokens between the calls of one warm function.
 */

/** The keys that the SDK signs with unless `init` was given others. */
const keys = ["TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY"]

/** What the SDK sends along, or signs with, and nobody may read. */
const secretNames = [
  "TENCENTCLOUD_SECRETKEY",
  "TENCENTCLOUD_SESSIONTOKEN",
  "TCB_SESSIONTOKEN",
  "WX_API_TOKEN",
  "WX_TRIGGER_API_TOKEN_V0",
  "WX_CLOUDBASE_ACCESSTOKEN"
]

/** Typed here, since this package is written without Node's types. */
declare const process: { readonly env: Readonly<Record<string, string | undefined>> }

/** `undefined` also for an empty one, as the SDK takes it. */
const read = (name: string): string | undefined => process.env[name] || undefined

export const hasKeys = (): boolean => keys.every((name) => read(name) !== undefined)

export const secrets = (): ReadonlyArray<string> =>
  secretNames.flatMap((name) => {
    const value = read(name)
    return value === undefined ? [] : [value]
  })
