/**
 * WeChat's `auth` operation for plugins, which tells a plugin's server who its user is. It requires a `Transport`.
 *
 * @since 0.1.0
 */
export {
  getPluginOpenPId,
  type GetPluginOpenPIdError,
  type GetPluginOpenPIdPayload
} from "./operations/getPluginOpenPId.js"
