import * as plugin from "./plugin.js"

/** The error table that the pages of getPluginList, applyPlugin, unbindPlugin, getPluginDevApplyList and setDevPluginApplyStatus share. */
export const documentedClasses = Object.values(plugin)
