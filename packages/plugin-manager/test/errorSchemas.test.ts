import { arbitrary } from "@effect-wechat/test-support/arbitrary"
import { assert, describe, it } from "@effect/vitest"
import { FastCheck, Schema } from "effect"
import { inspect } from "node:util"
import { beforeEach, vi } from "vitest"

/** the Schemas of errors that were made */
const made = vi.hoisted(() => [] as Array<string>)
vi.mock("effect/Schema", async (load) => {
  const original = await load<typeof Schema>()
  return {
    ...original,
    TaggedError: (identifier?: string) => {
      made.push(String(identifier))
      return original.TaggedError(identifier)
    },
    Union: (...members: readonly [never]) => {
      if (members.flat().length > 9) {
        made.push("union")
      }
      return original.Union(...members)
    }
  }
})

const load = () => import("@effect-wechat/plugin-manager/PluginManagerError")

type Loaded = Awaited<ReturnType<typeof load>>
type Class = Schema.Schema<object, unknown> & {
  new (props: object): object
  readonly _tag: string
  readonly fields: Schema.Struct.Fields
}
const classesOf = (loaded: Loaded) =>
  Object.values(loaded).filter(
    (value) => typeof value === "function" && "_tag" in value
  ) as unknown as ReadonlyArray<Class>

/** All that the failure of a constructor says; what is wrong may be in its cause. */
const refusal = (construct: () => unknown): string => {
  try {
    construct()
  } catch (thrown) {
    return inspect(thrown, { depth: 9 })
  }
  return assert.fail("it is constructed")
}

const reply = { api: "a", endpoint: "api", errmsg: "m", errcode: 89244, isRetryable: false } as const

describe("the Schemas of errors", () => {
  beforeEach(() => {
    vi.resetModules()
    made.length = 0
  })

  it("are not there before PluginManagerError is imported: a class says so", async () => {
    const { WechatTransportError } = await import("@effect-wechat/plugin-manager/TransportErrors")
    const props = { api: "a", reason: "timeout", description: "d", isRetryable: true } as const
    assert.strictEqual(new WechatTransportError(props).reason, "timeout")
    assert.throws(
      () => Schema.encodeSync(WechatTransportError),
      /import of @effect-wechat\/plugin-manager\/PluginManagerError/
    )
    assert.throws(() => new WechatTransportError({ ...props, reason: "x" as never }), TypeError, /WechatTransportError/)
    const loaded = await load()
    assert.strictEqual(loaded.WechatTransportError, WechatTransportError)
    assert.deepStrictEqual(Schema.encodeSync(WechatTransportError)(new WechatTransportError(props)), {
      _tag: "WechatTransportError",
      ...props
    })
    assert.match(
      refusal(() => new WechatTransportError({ ...props, reason: "x" as never })),
      /reason/
    )
  })

  it("are made when they are first used, each once, and not by importing, failing or asking for the kind", async () => {
    const loaded = await load()
    const error = loaded.PluginNotAdded.fromReply(reply)
    assert.isFalse(new loaded.InvalidPayload({ api: "a", issue: "i" }).isRetryable)
    assert.isTrue(loaded.isPluginManagerError(error))
    assert.isFalse(loaded.isPluginManagerError({ ...(error as object) }))
    assert.include(error.message, error.hint.en)
    JSON.stringify(error)
    assert.deepStrictEqual(made, [])

    Schema.encodeSync(loaded.PluginNotAdded)(error)
    Schema.encodeSync(loaded.PluginNotAdded.annotations({ description: "d" }))(error)
    assert.deepStrictEqual(made, ["@effect-wechat/plugin-manager/PluginNotAdded"])

    Schema.encodeSync(loaded.PluginManagerError)(error)
    Schema.encodeSync(loaded.PluginManagerError.pipe(Schema.asSchema))(error)
    assert.strictEqual(made.length, classesOf(loaded).length + 1)
    assert.strictEqual(made.filter((one) => one === "union").length, 1)
  })

  it("accept the errors of another copy of this library", async () => {
    const ours = await load()
    vi.resetModules()
    const theirs = await load()
    const error = theirs.PluginNotAdded.fromReply(reply)
    assert.notInstanceOf(error, ours.PluginNotAdded)
    assert.isTrue(ours.isPluginManagerError(error))
    assert.isTrue(Schema.is(ours.PluginNotAdded)(error))
    assert.isFalse(Schema.is(ours.PluginAlreadyAdded)(error))
    assert.deepStrictEqual(Schema.encodeSync(ours.PluginManagerError)(error) as object, { ...(error as object) })
    // a class of somebody else is none of ours, whatever its name
    class PluginNotAdded extends theirs.ErrcodeError<PluginNotAdded>()("PluginNotAdded", {
      codes: [1],
      hint: { zh: "。", en: "." }
    }) {}
    assert.isFalse(ours.isPluginManagerError(PluginNotAdded.fromReply({ ...reply, errcode: 1 })))
    class Other extends theirs.ErrcodeError<Other>()("Other", { codes: [89244], hint: { zh: "。", en: "." } }) {}
    assert.isFalse(ours.isPluginManagerError(Other.fromReply(reply)))
  })

  it("decode what they encode, in every class, and constructors refuse what they refuse", async () => {
    const classes = classesOf(await load())
    assert.isAbove(classes.length, 40)
    const odd = FastCheck.constantFrom(
      null,
      true,
      false,
      0,
      1.5,
      NaN,
      "",
      "api",
      "timeout",
      "unknown:2",
      "unknown:9",
      {}
    )
    for (const Class of classes) {
      const isValid = Schema.is(Schema.asSchema(Schema.Struct(Class.fields))) as (props: unknown) => boolean
      const keys = Object.keys(Class.fields).filter((key) => key !== "_tag")
      FastCheck.assert(
        FastCheck.property(arbitrary(Class), FastCheck.constantFrom(...keys), odd, (error, key, value) => {
          const back = Schema.decodeUnknownSync(Class)(JSON.parse(JSON.stringify(Schema.encodeSync(Class)(error))))
          assert.instanceOf(back, Class)
          assert.deepStrictEqual({ ...back }, { ...error })

          assert.deepStrictEqual({ ...new Class({ ...error, more: 1 }) }, { ...error })
          const changed = { ...error, [key]: value }
          if (isValid(changed)) {
            assert.deepStrictEqual({ ...new Class(changed) }, changed)
          } else {
            assert.include(
              refusal(() => new Class(changed)),
              key
            )
          }
        }),
        { numRuns: 50 }
      )
    }
  })

  it("a class can be extended with fields", async () => {
    const { WechatTransportError } = await load()
    class Traced extends WechatTransportError.extend<Traced>("Traced")({ trace: Schema.String }) {}
    const error = new Traced({ api: "a", reason: "size", description: "d", isRetryable: false, trace: "t" })
    assert.instanceOf(error, WechatTransportError)
    assert.include(error.message, "maxBodySize")
    const back = Schema.decodeUnknownSync(Traced)(JSON.parse(JSON.stringify(error)))
    assert.deepStrictEqual([back instanceof Traced, back.trace], [true, "t"])
    assert.match(
      refusal(() => new Traced({ ...error, trace: 1 as never })),
      /trace/
    )
  })
})
