/**
 * The status of an application for a plugin.
 *
 * @since 0.1.0
 */
export * from "./records/PluginStatus.js"
