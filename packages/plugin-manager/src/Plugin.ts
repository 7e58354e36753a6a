/**
 * A plugin of a mini program.
 *
 * @since 0.1.0
 */
export * from "./records/Plugin.js"
