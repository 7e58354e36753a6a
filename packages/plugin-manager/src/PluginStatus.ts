/**
 * The status of an application for a plugin.
 *
 * @since 0.1.0
 */
export { PluginStatus } from "./records/PluginStatus.js"
export { fromNumber, label, toNumber } from "./records/statusNames.js"
