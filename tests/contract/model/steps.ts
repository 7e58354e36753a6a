import { FastCheck } from "effect"
import type { Step, World } from "./model.js"

/** Two who apply, one of them for no more than one plugin at a time, and one who owns a plugin. */
export const world: World = {
  limits: { "wx-small": 1, "wx-large": 5 },
  plugins: {
    "wx-owned": { isOwned: true, versions: ["1.0.0", "2.2.46"], grayVersions: ["3.0.0"] },
    "wx-orphan": { versions: ["1.0.0"] },
    "wx-closed": { isClosed: true }
  },
  owner: "wx-owner"
}

const { constantFrom, integer, oneof, option, record, string } = FastCheck

const by = constantFrom(...Object.keys(world.limits))
// most of it happens to one plugin
const plugin = oneof(
  { weight: 5, arbitrary: constantFrom("wx-owned") },
  { weight: 2, arbitrary: constantFrom("wx-orphan") },
  { weight: 1, arbitrary: constantFrom("wx-closed", "wx-none") }
)
const text = string({ unit: "grapheme", minLength: 1, maxLength: 6 })
const someone = option(by, { nil: undefined })
const tag = <Tag extends Step["_tag"]>(_tag: Tag) => FastCheck.constant(_tag)

const step: FastCheck.Arbitrary<Step> = oneof(
  {
    weight: 6,
    arbitrary: record({ _tag: tag("apply"), by, plugin, reason: text }, { requiredKeys: ["_tag", "by", "plugin"] })
  },
  { weight: 3, arbitrary: record({ _tag: tag("unbind"), by, plugin }) },
  { weight: 3, arbitrary: record({ _tag: tag("agree"), appid: by }) },
  { weight: 2, arbitrary: record({ _tag: tag("refuse"), appid: someone, reason: text }) },
  { weight: 2, arbitrary: record({ _tag: tag("delete"), appid: someone }) },
  {
    weight: 1,
    arbitrary: record({
      _tag: tag("update"),
      by,
      plugin: constantFrom("wx-owned", "wx-orphan"),
      version: constantFrom("2.2.46", "3.0.0", "9.9.9", "latest")
    })
  },
  {
    weight: 2,
    // the hours around the two limits
    arbitrary: record({ _tag: tag("wait"), hours: oneof(constantFrom(1, 23, 24, 48), integer({ min: 1, max: 50 })) })
  }
)

export const steps: FastCheck.Arbitrary<ReadonlyArray<Step>> = FastCheck.array(step, {
  minLength: 1,
  maxLength: 20,
  size: "max"
})
