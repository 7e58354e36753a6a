import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, FastCheck, Runtime, TestClock } from "effect"
import { interleavings } from "./model/interleavings.js"
import * as Model from "./model/model.js"
import { sides } from "./model/side.js"
import { steps, world } from "./model/steps.js"

const model = Model.make(world)

/** Takes the steps over HTTPS, over the cloud and in the model; says what each step was answered. */
const walk = (steps: ReadonlyArray<Model.Step>) =>
  Effect.gen(function* () {
    const [https, cloud] = yield* sides
    const answers: Array<string> = []
    let state: Model.Model = []
    for (const step of steps) {
      if (step._tag === "wait") {
        yield* TestClock.adjust(`${step.hours} hours`)
      }
      const now = yield* Clock.currentTimeMillis
      const at = `step ${answers.length + 1} of \n${steps.map((step) => JSON.stringify(step)).join("\n")}`
      const expected = model.next(state, step, now)
      state = expected.model
      const [answer, cloudAnswer] = yield* Effect.all([https.perform(step), cloud.perform(step)], { concurrency: 2 })
      assert.include(expected.refusals.length === 0 ? ["ok"] : expected.refusals, answer, `HTTPS and model: ${at}`)
      if (step._tag !== "update") {
        assert.strictEqual(cloudAnswer, answer, `cloud and HTTPS: ${at}`)
      }
      const [overHttps, overCloud] = yield* Effect.all([https.views, cloud.views], { concurrency: 2 })
      const views = model.views(state, now)
      assert.deepStrictEqual(overHttps, views, `lists over HTTPS: ${at}`)
      assert.deepStrictEqual(overCloud, views, `lists over the cloud: ${at}`)
      answers.push(answer)
    }
    return answers
  }).pipe(Effect.scoped)

// the same sequences in every run; MODEL_RUNS=5000 looks for others
const runs = process.env["MODEL_RUNS"]
const fastCheck = runs === undefined ? { seed: 20180907, numRuns: 70 } : { numRuns: Number(runs) }

describe("HTTPS, cloud and model agree", () => {
  for (const [name, ...script] of interleavings) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const answers = yield* walk(script.map(([step]) => step))
        assert.deepStrictEqual(
          answers,
          script.map(([, answer]) => answer)
        )
      })
    )
  }

  it.effect(
    "whatever the parties do, in whatever order",
    () =>
      Effect.flatMap(Effect.runtime<never>(), (runtime) => {
        const property = FastCheck.asyncProperty(steps, (steps) =>
          Runtime.runPromise(runtime)(Effect.asVoid(walk(steps)))
        )
        return Effect.promise(() => FastCheck.assert(property, fastCheck))
      }),
    600_000
  )
})
