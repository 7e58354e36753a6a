import { createHash } from "node:crypto"

const pushEvery = 10 * 60_000
const lifetime = 30 * 60_000

const valueOf = (appid: string, push: number): string =>
  `cloudbase_${push}_${createHash("sha256").update(`${appid} ${push}`).digest("base64url")}`

/** The token that WeChat last pushed into the containers of a mini program. */
export const current = (appid: string, now: number): string => valueOf(appid, Math.floor(now / pushEvery))

/** `undefined` for a value that was never pushed to this mini program. */
export const check = (appid: string, value: string, now: number): "valid" | "expired" | undefined => {
  const push = Number(/^cloudbase_(\d+)_/.exec(value)?.[1] ?? Number.NaN)
  const isKnown = push * pushEvery <= now && value === valueOf(appid, push)
  return isKnown ? (now - push * pushEvery < lifetime ? "valid" : "expired") : undefined
}
