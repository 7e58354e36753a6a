/**
 * @since 0.1.0
 */
export * as AppResult from "./AppResult.js"
export * as Change from "./Change.js"
export * as Fleet from "./Fleet.js"
export * as FleetDatabase from "./FleetDatabase.js"
export * as FleetSession from "./FleetSession.js"
export * as Results from "./Results.js"
export * as SqlRateLimit from "./SqlRateLimit.js"
export * as Sweep from "./Sweep.js"
export * as SweepDiff from "./SweepDiff.js"
export * as SweepExport from "./SweepExport.js"
export * as SweepFeed from "./SweepFeed.js"
export * as SweepReport from "./SweepReport.js"
export * as SweepSchedule from "./SweepSchedule.js"
export * as SweepWebhook from "./SweepWebhook.js"
