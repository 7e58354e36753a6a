/**
 * @since 0.1.0
 */
export * as CloudOptions from "./CloudOptions.js"
export * as CloudTransport from "./CloudTransport.js"
