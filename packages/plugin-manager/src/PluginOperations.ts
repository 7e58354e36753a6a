/**
 * WeChat's operations as data: name, path, action, schemas and errors of each. The functions of `PluginManager` and
 * `PluginAuth` perform them.
 *
 * @since 0.1.0
 */
export { operation as applyPlugin } from "./operations/applyPlugin.js"
export { operation as getPluginDevApplyList } from "./operations/getPluginDevApplyList.js"
export { operation as getPluginList } from "./operations/getPluginList.js"
export { operation as getPluginOpenPId } from "./operations/getPluginOpenPId.js"
export { operation as setDevPluginApplyStatus } from "./operations/setDevPluginApplyStatus.js"
export { operation as unbindPlugin } from "./operations/unbindPlugin.js"
export { operation as updatePlugin } from "./operations/updatePlugin.js"
