import { errcodes as pageErrcodes } from "./page.js"

/** What each errcode is, written down a second time: not read from the library. */
const tags: Readonly<Record<string, ReadonlyArray<number>>> = {
  WechatSystemError: [-1],
  PluginApplicationsClosed: [89236],
  PluginAlreadyAdded: [89237],
  PluginLimitReached: [89238],
  PluginDoesNotExist: [89239],
  ApplicationNotPending: [89240],
  ApplicationNotDeletable: [89241],
  ApplicantNotFound: [89242],
  PendingApplicationNotDeletable: [89243],
  PluginNotAdded: [89044, 89244],
  CredentialRejected: [40001, 40014, 42001],
  InvalidAppSecret: [40125, 41004],
  AppSecretFrozen: [40243],
  InvalidAppId: [40013, 41002],
  IpNotAllowed: [40164],
  MinuteQuotaExceeded: [45011],
  DailyQuotaExceeded: [45009],
  NotAuthorized: [48001, 50001],
  AccountRestricted: [48004, 50002, 50004],
  ComponentNotAuthorized: [42007, 61003, 61007],
  VerifyTicketRejected: [61005, 61006],
  RefreshTokenRejected: [61023],
  MalformedRequest: [40066, 41001, 43002, 44002, 47001, 61024],
  OpenServiceNotReady: [85107, 85112, 85113],
  SignatureMissing: [40230, 40231, 40232, 40233],
  SignatureRejected: [40234, 40235, 40236, 40237, 40238, 40239, 40240],
  UnknownErrcode: [1, 80082, -80067, 89256]
}

/** What the pages of the other operations list beyond the page of the list, or instead of it; a second time, too. */
const page = [89236, 89237, 89238, 89239, 89240, 89241, 89242, 89243, 89044, 89244]
const added: Readonly<
  Record<string, readonly [errcodes: ReadonlyArray<number>, tags: Readonly<Record<number, string>>]>
> = {
  getPluginList: [page, {}],
  applyPlugin: [page, { 89245: "LinkingForbidden", 89246: "PluginCategoryRestricted" }],
  unbindPlugin: [page, { 89259: "LivePluginNotDeletable" }],
  updatePlugin: [
    [89236, 89237, 89238, 89239, 89243, 89044, 89244],
    {
      80066: "InvalidPluginVersion",
      80067: "PluginNotInRelease",
      80082: "PluginNotApproved",
      89256: "ComponentInfoMissing",
      89257: "QuickUpdateNotSupported",
      89258: "GrayReleaseInProgress"
    }
  ],
  getPluginDevApplyList: [page, {}],
  setDevPluginApplyStatus: [page, {}],
  "auth.getPluginOpenPId": [
    [],
    {
      1000: "OpenPIdSystemError",
      1001: "OpenPIdRequestInvalid",
      1003: "OpenPIdTooFrequent",
      1005: "PluginAppidMismatch",
      1007: "OpenPIdNotFound",
      1022: "OpenPIdRequestMalformed"
    }
  ]
}

const cases = Object.entries(tags).flatMap(([tag, codes]) => codes.map((errcode) => ({ errcode, tag })))

/** Every errcode that WeChat may answer a list with, whatever the transport, and some that nobody documents. */
export const errcodeCases = (): ReadonlyArray<{ readonly errcode: number; readonly tag: string }> => {
  const missing = pageErrcodes.filter(([errcode]) => !cases.some((known) => known.errcode === errcode))
  if (pageErrcodes.length !== 10 || missing.length > 0) {
    throw new Error(`the page lists ${pageErrcodes.length} errcodes, and the contract lacks ${missing.join(", ")}`)
  }
  return cases
}

/**
 * Every errcode as an answer to an operation, and its class there: those that concern plugins where the operation's page lists
 * them, and everywhere those of any interface. A rejected credential is renewed, and has tests of its own.
 */
export const operationCases = (api: string): ReadonlyArray<{ readonly errcode: number; readonly tag: string }> => {
  const [listed, more] = added[api.replace("pluginManager.", "")]!
  const everywhere = Object.values(added).flatMap(([, others]) => Object.keys(others).map(Number))
  const ofPlugins = [...page, ...everywhere].map((errcode) => ({
    errcode,
    tag:
      more[errcode] ??
      (listed.includes(errcode) ? cases.find((known) => known.errcode === errcode)!.tag : "UnknownErrcode")
  }))
  const others = cases.filter(
    ({ errcode, tag }) => tag !== "CredentialRejected" && !ofPlugins.some((known) => known.errcode === errcode)
  )
  return [...ofPlugins, ...others]
}

/** What CloudBase's gateway may answer before WeChat sees a cloud call. */
export const gatewayCases: ReadonlyArray<readonly [errcode: number, tag: string]> = [
  [-604101, "CloudPermissionMissing"],
  [-601004, "CloudPermissionMissing"],
  [-604100, "CloudApiNotFound"],
  [-604102, "CloudSystemError"],
  [-604103, "CloudSystemError"],
  [-604104, "CloudRequestInvalid"],
  [-501003, "CloudQuotaExceeded"],
  [-501004, "CloudQuotaExceeded"],
  [-501005, "CloudEnvInvalid"],
  [-501009, "CloudEnvInvalid"],
  [-501007, "CloudRequestInvalid"],
  [-999999, "UnknownErrcode"]
]

/** Over HTTPS these reject the credential: the transport renews it and repeats the call once. */
export const rejectsCredential = (kind: "https" | "cloud", errcode: number): boolean =>
  kind === "https" && [40001, 40014, 42001, 41001].includes(errcode)
