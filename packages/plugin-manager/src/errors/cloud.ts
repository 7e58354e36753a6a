/**
 * Codes that CloudBase's gateway or wx-server-sdk returns before the call reaches WeChat; cloud calls only.
 * Source: `config/error.config.ts` of wx-server-sdk 4.0.2 and CloudBase's FAQ.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * -604101, -601004: the cloud function may not call this interface.
 *
 * **Gotchas** A permission added to config.json works only after the function is uploaded by WeChat's DevTools, and up to
 * ten minutes later.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudPermissionMissing extends ErrcodeError<CloudPermissionMissing>()("CloudPermissionMissing", {
  codes: [-604101, -601004],
  category: "permission",
  hint: (api) => ({
    zh: `请在云函数的 config.json 的 permissions.openapi 中加入 "${api}"，用开发者工具重新上传，并等待最多 10 分钟生效。`,
    en: `Add "${api}" to permissions.openapi in the function's config.json, upload it with WeChat's DevTools, and allow ten minutes for it to take effect.`
  })
}) {}

/**
 * -604100: the gateway does not know this API.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudApiNotFound extends ErrcodeError<CloudApiNotFound>()("CloudApiNotFound", {
  codes: [-604100],
  category: "usage",
  hint: {
    zh: "云调用不支持该接口：请改用 HTTPS 调用。",
    en: "A cloud call cannot reach this interface: use the HTTPS transport for it."
  }
}) {}

/**
 * -501001, -501002, -601001, -601003, -601008, -604102, -604103: the gateway, or a service behind it, failed or took too long.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudSystemError extends ErrcodeError<CloudSystemError>()("CloudSystemError", {
  codes: [-501001, -501002, -601001, -601003, -601008, -604102, -604103],
  category: "network",
  isTransient: true,
  hint: {
    zh: "云开发网关暂时出错：请稍后重试。",
    en: "CloudBase's gateway is failing at the moment: try again later."
  }
}) {}

/**
 * -501003, -501004: more requests, or more at once, than the cloud environment may make.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudQuotaExceeded extends ErrcodeError<CloudQuotaExceeded>()("CloudQuotaExceeded", {
  codes: [-501003, -501004],
  category: "quota",
  hint: {
    zh: "超出云开发环境的请求次数或并发上限：请降低频率，或升级套餐。",
    en: "The cloud environment is over its limit of requests: call less often, or take a larger plan."
  }
}) {}

/**
 * -501005, -501009: the cloud environment does not exist or is not ready.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudEnvInvalid extends ErrcodeError<CloudEnvInvalid>()("CloudEnvInvalid", {
  codes: [-501005, -501009],
  category: "credential",
  hint: {
    zh: "请核对云开发环境 ID（init 的 env），并确认环境已开通。",
    en: "Check the id of the cloud environment (env of init), and that the environment is set up."
  }
}) {}

/**
 * -501006, -501007, -501008, -601002, -604104: the gateway refuses the request: its parameters, its keys or where it comes from.
 *
 * @since 0.1.0
 * @category errors
 */
export class CloudRequestInvalid extends ErrcodeError<CloudRequestInvalid>()("CloudRequestInvalid", {
  codes: [-501006, -501007, -501008, -601002, -604104],
  category: "credential",
  hint: {
    zh: "网关拒绝了该请求：请核对密钥（secretId、secretKey）与 env，并在云函数内调用。",
    en: "The gateway refuses the request: check the keys (secretId, secretKey) and env, and call from inside a cloud function."
  }
}) {}
