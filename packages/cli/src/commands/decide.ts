import * as PluginManager from "@effect-wechat/plugin-manager/PluginManager"
import * as Effect from "effect/Effect"
import type { Text } from "../program/language/language.js"
import * as MiniProgram from "../program/miniProgram/miniProgram.js"
import type { Target } from "../program/miniProgram/target.js"
import { Screen } from "../program/output/screen.js"
import { confirm } from "../program/question/confirm.js"
import * as Names from "./names.js"

export interface Options extends Target {
  readonly applicant: string
  readonly yes: boolean
}

type Decision =
  | { readonly action: "agree" }
  | { readonly action: "refuse"; readonly reason: string }
  | { readonly action: "delete" }

const questions: { readonly [action in Decision["action"]]: (applicant: Text) => Text } = {
  agree: (applicant) => ({ zh: `同意 ${applicant.zh} 的申请？`, en: `Approve the application of ${applicant.en}?` }),
  refuse: (applicant) => ({ zh: `拒绝 ${applicant.zh} 的申请？`, en: `Refuse the application of ${applicant.en}?` }),
  delete: (applicant) => ({ zh: `删除 ${applicant.zh} 的申请？`, en: `Delete the application of ${applicant.en}?` })
}

const results: { readonly [action in Decision["action"]]: (applicant: string) => Text } = {
  agree: (applicant) => ({ zh: `已同意 ${applicant} 的申请。`, en: `Approved the application of ${applicant}.` }),
  refuse: (applicant) => ({ zh: `已拒绝 ${applicant} 的申请。`, en: `Refused the application of ${applicant}.` }),
  delete: (applicant) => ({ zh: `已删除 ${applicant} 的申请。`, en: `Deleted the application of ${applicant}.` })
}

const decide = (decision: Decision, { applicant, yes, ...target }: Options) =>
  Effect.gen(function* () {
    const { answer, say } = yield* Screen
    const named = Effect.map(Names.ofApplicant(applicant), ({ applicant, miniProgram }) => {
      const { en, zh } = questions[decision.action](applicant)
      return { zh: `${zh}（插件属于 ${miniProgram.zh}）`, en: `${en} (The plugin is of ${miniProgram.en}.)` }
    })
    yield* confirm(questions[decision.action]({ zh: applicant, en: applicant }), yes, named)
    yield* PluginManager.setDevPluginApplyStatus({ ...decision, appid: applicant })
    yield* answer({ done: decision.action, appid: applicant }, () => [say(results[decision.action](applicant))])
  }).pipe(MiniProgram.provide(target))

export const agree = (options: Options) => decide({ action: "agree" }, options)

export const refuse = ({ reason, ...options }: Options & { readonly reason: string }) =>
  decide({ action: "refuse", reason }, options)

export const remove = (options: Options) => decide({ action: "delete" }, options)
