import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"

/** The exit codes, as documented in the package's README. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  credential: 4,
  network: 5,
  quota: 6,
  undecided: 7,
  interrupted: 130
} as const

const byCategory: { readonly [category in Category]: number } = {
  usage: exitCodes.usage,
  refused: exitCodes.refused,
  credential: exitCodes.credential,
  permission: exitCodes.credential,
  network: exitCodes.network,
  reply: exitCodes.network,
  quota: exitCodes.quota
}

/** The exit code of an error, or of a class of errors. */
export const exitCodeOf = ({ _tag, category }: { readonly _tag: string; readonly category: Category }): number =>
  _tag === "ApplicationUndecided" ? exitCodes.undecided : byCategory[category]
