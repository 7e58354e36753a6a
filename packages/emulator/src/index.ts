/**
 * WeChat on loopback, for tests and demos.
 *
 * @since 0.1.0
 */

/** @since 0.1.0 */
export * as EmulatedPlugin from "./EmulatedPlugin.js"

/** @since 0.1.0 */
export * as Emulator from "./Emulator.js"

/** @since 0.1.0 */
export * as Fault from "./Fault.js"

/** @since 0.1.0 */
export * as Journal from "./Journal.js"
