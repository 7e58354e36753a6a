/** Where the control API is. */
export const controlPrefix = "/__emulator/"

/** Where the open-interface service is: it stands for `http://api.weixin.qq.com` in a container of WeChat cloud run. */
export const openInterfacePrefix = "/open-interface"

/** The URLs of an emulator. */
export const make = (url: URL) => ({
  url,
  gatewayUrl: `${url.origin}/admin`,
  openInterfaceUrl: new URL(openInterfacePrefix, url)
})
