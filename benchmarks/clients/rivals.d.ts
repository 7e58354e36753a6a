// types for the parts that are used here of clients that have none
type Reply = { readonly plugin_list: ReadonlyArray<unknown> }

declare module "co-wechat-api" {
  export default class CoWechatApi {
    constructor(appId: string, appSecret: string)
    prefix: string
    wxaPrefix: string
    ensureAccessToken(): Promise<{ readonly accessToken: string }>
    request(url: string, options: object): Promise<Reply>
  }
}

declare module "co-wechat-api/lib/util.js" {
  export const postJSON: (body: object) => object
}

declare module "wechat-api" {
  type Callback = (error: Error | null, reply: Reply) => void
  export default class WechatApi {
    constructor(appId: string, appSecret: string)
    endpoint: string
    token: { readonly accessToken: string }
    setOpts(options: object): void
    preRequest(method: (callback: Callback) => void, args: readonly [Callback]): void
    request(url: string, options: object, callback: Callback): void
  }
}

declare module "wechat-api/lib/util.js" {
  export const postJSON: (body: object) => object
  export const wrapper: <Callback>(callback: Callback) => Callback
}
