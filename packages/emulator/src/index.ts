/**
 * An emulator of WeChat on loopback, for tests and demos.
 *
 * @since 0.1.0
 */

/** @since 0.1.0 */
export * as Emulator from "./Emulator.js"

/** @since 0.1.0 */
export * as Fault from "./Fault.js"

/** @since 0.1.0 */
export * as Fixture from "./Fixture.js"

/** @since 0.1.0 */
export * as Journal from "./Journal.js"

/** @since 0.1.0 */
export * as Push from "./Push.js"

/** @since 0.1.0 */
export * as World from "./World.js"

/** @since 1.0.0 */
export * as WorldFile from "./WorldFile.js"
