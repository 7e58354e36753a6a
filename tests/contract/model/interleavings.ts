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

/**
 * Parties that come in each other's way, written around what random sequences shrank to: the first when the emulator was wrong, the
 * others when a mistake was put into it or into the library.
 */
export const interleavings: ReadonlyArray<Script> = [
  [
    "who applies again after a refusal is behind those who applied meanwhile",
    [apply(by), "ok"],
    [refuse(by), "ok"],
    [apply(other), "ok"],
    [apply(by), "ok"]
  ],
  ["an owner who is too late", [apply(), "ok"], [wait(48), "ok"], [agree(), "ApplicationNotPending"]],
  [
    "an applicant who takes it back before the owner agrees",
    [apply(), "ok"],
    [wait(23), "ok"],
    [unbind(), "PendingApplicationNotDeletable"],
    [wait(1), "ok"],
    [unbind(), "ok"],
    [agree(), "ApplicantNotFound"]
  ],
  [
    "an owner who deletes what was refused, and an applicant who unbinds it then",
    [apply(), "ok"],
    [remove(by), "ApplicationNotDeletable"],
    [refuse(), "ok"],
    [remove(by), "ok"],
    [unbind(), "PluginNotAdded"],
    [apply(), "ok"]
  ],
  [
    "what is pending or in use counts for the limit, and what timed out does not",
    [apply(by, "wx-orphan"), "ok"],
    [apply(), "PluginLimitReached"],
    [wait(48), "ok"],
    [apply(), "ok"],
    [agree(), "ok"],
    [apply(by, "wx-orphan"), "PluginLimitReached"]
  ],
  [
    "two applicants, of whom a refusal without an appid means neither",
    [apply(by), "ok"],
    [apply(other), "ok"],
    [refuse(), "ApplicantNotFound"],
    [agree(other), "ok"],
    [refuse(), "ok"],
    [agree(by), "ApplicationNotPending"],
    [remove(), "ok"]
  ],
  [
    "two applicants, each with an application of its own",
    [apply(by), "ok"],
    [unbind(other), "PluginNotAdded"],
    [apply(other), "ok"],
    [agree(by), "ok"],
    [apply(by), "PluginAlreadyAdded"],
    [agree(by), "ApplicationNotPending"]
  ],
  [
    "a platform that updates before the owner agreed, after, and once it is unbound",
    [apply(), "ok"],
    [update, "PluginNotInRelease"],
    [agree(), "ok"],
    [update, "ok"],
    [unbind(), "ok"],
    [update, "PluginNotInRelease"]
  ]
]
