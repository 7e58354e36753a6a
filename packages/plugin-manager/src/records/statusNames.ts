/** Names and numbers of a status, without a Schema. */

export const names = ["applying", "approved", "refused", "timeout"] as const

export type Name = (typeof names)[number]

/** The same type as that in `PluginStatus.ts`, which has its Schema. */
export type PluginStatus = Name | `unknown:${number}`

const labels: { readonly [name in Name]: { readonly zh: string; readonly en: string } } = {
  applying: { zh: "申请中", en: "applying" },
  approved: { zh: "申请通过", en: "approved" },
  refused: { zh: "已拒绝", en: "refused" },
  timeout: { zh: "已超时", en: "timed out" }
}

/**
 * Converts WeChat's number to a status.
 *
 * @since 0.1.0
 * @category conversions
 */
export const fromNumber = (code: number): PluginStatus => names[code - 1] ?? `unknown:${code}`

/**
 * Converts a status to WeChat's number.
 *
 * @since 0.1.0
 * @category conversions
 */
export function toNumber(status: PluginStatus): number {
  const index = names.indexOf(status as Name)
  return index < 0 ? Number(status.slice("unknown:".length)) : index + 1
}

/**
 * A status in Chinese (WeChat's own words) and in English.
 *
 * @since 0.1.0
 * @category conversions
 */
export const label = (status: PluginStatus): { readonly zh: string; readonly en: string } =>
  Object.hasOwn(labels, status)
    ? labels[status as Name]
    : { zh: `未知状态 ${toNumber(status)}`, en: `unknown (${toNumber(status)})` }
