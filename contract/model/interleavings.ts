import type { Step } from "./model.js"

type Script = readonly [name: string, ...steps: ReadonlyArray<readonly [step: Step, answer: string]>]

const plugin = "wx-owned"
const by = "wx-small"
const other = "wx-large"

const apply = (applicant = by, to = plugin): Step => ({ _tag: "apply", by: applicant, plugin: to })
const unbind = (applicant = by, from = plugin): Step => ({ _tag: "unbind", by: applicant, plugin: from })
const agree = (appid = by): Step => ({ _tag: "agree", appid })
const refuse = (appid?: string): Step => ({ _tag: "refuse", appid, reason: "不" })
const remove = (appid?: string): Step => ({ _tag: "delete", appid })
const wait = (hours: number): Step => ({ _tag: "wait", hours })
const update: Step = { _tag: "update", by, plugin, version: "2.2.46" }

/** Two parties that come in each other's way. Random sequences found the library or the emulator wrong in these once. */
export const interleavings: ReadonlyArray<Script> = [
  [
    "who applies again after a refusal is behind those who applied meanwhile",
    [apply(by), "ok"],
    [refuse(by), "ok"],
    [wait(1), "ok"],
    [apply(other), "ok"],
    [apply(by), "ok"]
  ]
]

export { agree, remove, unbind, update }
