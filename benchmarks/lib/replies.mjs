/** The numbers of plugins for which the server has a reply. */
export const sizes = [1, 10, 100]

const plugin = (at) => ({
  appid: `wx${at.toString(16).padStart(16, "0")}`,
  status: (at % 4) + 1,
  nickname: `插件昵称 ${at}`,
  headimgurl: `http://wx.qlogo.cn/mmhead/Q3auHgzwzM7GuU1yZzTzrO4iaV5fKWBzNxibGyoB3ciaDk${at}/0`
})

/** WeChat's reply for an account with this many plugins. */
export const replyOf = (size) =>
  JSON.stringify({ errcode: 0, errmsg: "ok", plugin_list: Array.from({ length: size }, (_, at) => plugin(at)) })
