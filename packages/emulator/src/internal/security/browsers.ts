import { header, type Request } from "../http/endpoint.js"

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i

/**
 * Whether the `Host` header names loopback, at any port. A page whose host name was rebound to 127.0.0.1 sends its own host name and
 * would otherwise share the origin of the emulator.
 */
export const isLoopback = (request: Request): boolean => loopback.test(header(request, "host"))

/**
 * Whether a browser sent the request on behalf of a page of another origin. The page of the emulator has the origin of its own address,
 * and a browser says of its requests that they are of the same origin. `Sec-Fetch-Site: none` is an address that a person typed.
 */
export const isFromForeignPage = (request: Request): boolean => {
  const site = header(request, "sec-fetch-site")
  const origin = header(request, "origin")
  const isOwn =
    site === "same-origin" && (origin === "" || origin.replace(/^https?:\/\//, "") === header(request, "host"))
  const isTyped = site === "none" && origin === ""
  return isFromPage(request) && !isOwn && !isTyped
}

/**
 * Whether a browser sent the request on behalf of a page. Browsers add these headers to every POST, also to that of a plain form.
 * `sec-fetch-mode` is not one of them, because fetch of Node sends it, too. The content-type says nothing: clients of WeChat send JSON as
 * `text/plain`, and curl sends it as a form.
 */
export const isFromPage = (request: Request): boolean =>
  request.headers["origin"] !== undefined || request.headers["sec-fetch-site"] !== undefined
