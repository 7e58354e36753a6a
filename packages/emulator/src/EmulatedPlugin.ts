/**
 * A plugin as WeChat writes it into `plugin_list`.
 *
 * @since 0.1.0
 */

/**
 * One element of `plugin_list`, in the shape of the wire. A field that is not named here is sent as it stands.
 *
 * **Gotchas**
 *
 * `status` is any number: the page names 1 to 4, and a client must live with others. `reason` is on no page of
 * WeChat's, yet live replies carry it.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmulatedPlugin {
  readonly appid: string
  readonly status: number
  readonly nickname: string
  readonly headimgurl: string
  readonly reason?: string
  readonly [field: string]: unknown
}

/**
 * What the emulator starts with: the sample of WeChat's page, word for word, then one plugin more for each status.
 *
 * @category constants
 * @since 0.1.0
 */
export const seed: ReadonlyArray<EmulatedPlugin> = [
  { appid: "aaaa", status: 1, nickname: "插件昵称", headimgurl: "http://plugin.qq.com" },
  {
    appid: "wx00000000000000b2",
    status: 2,
    nickname: "腾讯位置服务路线规划",
    headimgurl: "http://wx.qlogo.cn/mmhead/emulator-route/0"
  },
  {
    appid: "wx00000000000000b3",
    status: 3,
    nickname: "客服小助手",
    headimgurl: "http://wx.qlogo.cn/mmhead/emulator-service/0",
    reason: "用于售后咨询"
  },
  {
    appid: "wx00000000000000b4",
    status: 4,
    nickname: "门店 & 地图",
    headimgurl: "http://wx.qlogo.cn/mmhead/emulator-stores/0"
  }
]
