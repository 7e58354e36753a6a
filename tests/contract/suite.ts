import { describe } from "@effect/vitest"
import { list } from "./list.js"
import { lost } from "./lost.js"
import { openpids } from "./openpids.js"
import { otherClients } from "./otherClients.js"
import { parties } from "./parties.js"
import { platform } from "./platform.js"
import { refusals } from "./refusals.js"
import { requests } from "./requests.js"
import { states } from "./states.js"
import type { Subject } from "./subjects.js"

/** The one contract: whatever the transport, this is what a program sees. */
export const suite = (subject: Subject): void => {
  describe(subject.name, () => {
    describe("getPluginList", () => list(subject))
    describe("every operation", () => {
      requests(subject)
      refusals(subject)
      lost(subject)
    })
    describe("applicant and owner", () => {
      parties(subject)
      states(subject)
    })
    describe("getPluginOpenPId", () => openpids(subject))
    describe("faults of other clients", () => otherClients(subject))
    if (subject.kind === "https") {
      describe("a third-party platform", () => platform(subject))
    }
  })
}
