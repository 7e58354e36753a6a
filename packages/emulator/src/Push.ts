/**
 * What WeChat pushes to a third-party platform (第三方平台), the URL of its authorization events.
 *
 * @since 0.1.0
 */

/**
 * The `InfoType` of a push. It happens in the world before it is pushed:
 *
 * - `component_verify_ticket`: the component has a new ticket, and the one before has ended
 * - `authorized`, `updateauthorized`: the mini program authorizes the component, with a new refresh token
 * - `unauthorized`: its authorization is gone
 *
 * @category models
 * @since 0.1.0
 */
export type Event = "component_verify_ticket" | "authorized" | "updateauthorized" | "unauthorized"

/**
 * An unknown component or mini program, a pre-authorization code that is not valid, and a URL where nobody answers are defects.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly event: Event
  /** The component; by default the first. */
  readonly component?: string
  /** The mini program. Every event except for the ticket requires it. */
  readonly appid?: string
  /** What the mini program permits; by default what it did before, or permission set 40. */
  readonly permissionSets?: ReadonlyArray<number>
  /** The `pre_auth_code` with which the mini program came; by default one that is made up. It is valid once. */
  readonly preAuthCode?: string
  /** Where the push is sent; by default the `eventUrl` of the component. */
  readonly url?: string
}

/**
 * What the platform answered. WeChat repeats a push until the answer is `success`; the emulator sends it once.
 *
 * @category models
 * @since 0.1.0
 */
export interface Reply {
  readonly status: number
  readonly text: string
}
