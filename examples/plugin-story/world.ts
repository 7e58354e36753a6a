import { World } from "@effect-wechat/emulator"

export const shop = "wx-flower-shop"
export const developer = "wx-map-maker"
export const map = "wx-store-map"

/** A shop, the developer of the plugin it wants, and the third-party platform that the shop authorized. */
export const world = World.make({
  miniPrograms: [{ appid: shop, nickname: "花店" }, { appid: developer }],
  plugins: [{ appid: map, owner: developer, nickname: "门店地图", versions: ["1.0.0", "1.1.0"] }],
  components: [{ appid: "wx-component", authorizations: [{ appid: shop }] }]
})
