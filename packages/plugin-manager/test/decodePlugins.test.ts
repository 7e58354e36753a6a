import { Operation, PluginManager, PluginOperations, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Either, FastCheck } from "effect"

const plugin = { appid: "wx1", status: 2, nickname: "n", headimgurl: "h", reason: "r" }

const odd = FastCheck.oneof(
  FastCheck.constantFrom<unknown>(
    null,
    true,
    0,
    7,
    -1,
    1.5,
    NaN,
    Infinity,
    "",
    "2",
    "02",
    "1234567890",
    "x\n  y",
    {},
    []
  ),
  FastCheck.jsonValue({ maxDepth: 2 })
)

/** A plugin as documented, with up to two fields that are odd or missing. */
const record = FastCheck.tuple(
  FastCheck.subarray(["appid", "status", "nickname", "headimgurl", "reason"] as const, { maxLength: 2 }),
  FastCheck.array(FastCheck.option(odd, { nil: undefined }), { minLength: 2, maxLength: 2 })
).map(([fields, values]) => {
  const changed: Record<string, unknown> = { ...plugin }
  for (const [at, field] of fields.entries()) {
    if (values[at] === undefined) {
      delete changed[field]
    } else {
      changed[field] = values[at]
    }
  }
  return changed
})

const body = FastCheck.record(
  {
    errcode: FastCheck.oneof({ weight: 8, arbitrary: FastCheck.constantFrom(0, "0") }, { weight: 1, arbitrary: odd }),
    errmsg: FastCheck.constant("ok"),
    plugin_list: FastCheck.oneof(
      {
        weight: 8,
        arbitrary: FastCheck.array(FastCheck.oneof({ weight: 9, arbitrary: record }, odd), { maxLength: 3 })
      },
      { weight: 1, arbitrary: odd }
    ),
    buffer: FastCheck.constant("")
  },
  { requiredKeys: [] }
)

describe("the reply of getPluginList", () => {
  it.effect("is decoded, or refused in the same words, as the Schema of the operation does it", () =>
    Effect.gen(function* () {
      const bySchema = Operation.call({ ...PluginOperations.getPluginList, fastDecode: () => undefined })
      const seen = { plugins: 0, issues: new Set<string>() }
      for (const json of FastCheck.sample(FastCheck.oneof({ weight: 9, arbitrary: body }, odd), 1_000)) {
        const outcome = (program: typeof bySchema) =>
          Effect.either(program).pipe(
            Effect.provideService(Transport.Transport, { call: () => Effect.succeed(Transport.reply(json)) })
          )
        const [ours, theirs] = [yield* outcome(PluginManager.getPluginList), yield* outcome(bySchema)]
        assert.deepStrictEqual(ours, theirs, JSON.stringify(json))
        if (Either.isRight(ours)) {
          seen.plugins += ours.right.length
        } else if (ours.left._tag === "WechatDecodeError") {
          seen.issues.add(ours.left.issue.replace(/\d+|, actual.*/g, ""))
        }
      }
      assert.isAbove(seen.plugins, 50)
      assert.isAbove(seen.issues.size, 10)
    })
  )
})
