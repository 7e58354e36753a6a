import { World } from "@effect-wechat/emulator"

const count = 300

export const apps = Array.from({ length: count }, (_, at) => `wx-shop-${String(at).padStart(3, "0")}`)
const map = "wx-store-map"
export const points = "wx-member-points"

/** The shops of a chain. All of them use the map, or have applied for it; one has lost its secret. */
export const world = World.make({
  miniPrograms: [{ appid: apps[0]! }, ...apps.slice(1).map((appid) => ({ appid }))],
  plugins: [
    { appid: map, nickname: "门店地图" },
    { appid: points, nickname: "会员积分", autoApproves: true }
  ],
  applications: apps.map((applicant, at) => ({ applicant, plugin: map, status: at % 100 === 7 ? 1 : 2 }))
})

export const withoutSecret = "wx-shop-042"
