/**
 * @since 0.1.0
 */
export * as CloudTransport from "./CloudTransport.js"
