import { prefix } from "../endpoints/openInterface.js"

/** The addresses of an emulator. */
export const make = (url: URL) => ({
  url,
  gatewayUrl: `${url.origin}/admin`,
  openInterfaceUrl: new URL(prefix, url)
})
