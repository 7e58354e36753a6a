import * as PluginAuth from "@effect-wechat/plugin-manager/PluginAuth"
import * as Effect from "effect/Effect"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"

export interface Options extends Target {
  readonly code: string
}

export const run = ({ code, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer } = yield* Screen
    const openpid = yield* PluginAuth.getPluginOpenPId({ code })
    yield* answer({ openpid }, () => [openpid])
  }).pipe(MiniProgram.provide(target))
