import type { Operation } from "../../Journal.js"
import * as Applicant from "./applicant.js"
import * as Developer from "./developer.js"
import type { Fields, Transition } from "./transition.js"

interface Definition {
  readonly operation: Operation
  readonly transition: Transition
}

const plugin: Readonly<Record<string, Definition>> = {
  list: { operation: "pluginManager.getPluginList", transition: Applicant.list },
  apply: { operation: "pluginManager.applyPlugin", transition: Applicant.apply },
  unbind: { operation: "pluginManager.unbindPlugin", transition: Applicant.unbind },
  update: { operation: "pluginManager.updatePlugin", transition: Applicant.update }
}

const setDevPluginApplyStatus = "pluginManager.setDevPluginApplyStatus"

const devplugin: Readonly<Record<string, Definition>> = {
  dev_apply_list: { operation: "pluginManager.getPluginDevApplyList", transition: Developer.applyList },
  dev_agree: { operation: setDevPluginApplyStatus, transition: Developer.agree },
  dev_refuse: { operation: setDevPluginApplyStatus, transition: Developer.refuse },
  dev_delete: { operation: setDevPluginApplyStatus, transition: Developer.remove }
}

export type Path = "/wxa/plugin" | "/wxa/devplugin"

const paths: Readonly<Record<Path, Readonly<Record<string, Definition>>>> = {
  "/wxa/plugin": plugin,
  "/wxa/devplugin": devplugin
}

/** The operation that the `action` of a body selects at a path. */
export const find = (path: Path, data: Fields | undefined): Definition | undefined => {
  const action = data?.["action"]
  return typeof action === "string" && Object.hasOwn(paths[path], action) ? paths[path][action] : undefined
}

/** All operations of a path; empty for an unknown path. */
export const of = (path: string): ReadonlyArray<Operation> =>
  Object.hasOwn(paths, path) ? [...new Set(Object.values(paths[path as Path]).map(({ operation }) => operation))] : []

/** The APIs that a cloud function can be permitted to call, by their names in config.json, each with its path. */
export const cloudApis: ReadonlyMap<string, Path> = new Map([
  ["pluginManager.getPluginList", "/wxa/plugin"],
  ["pluginManager.applyPlugin", "/wxa/plugin"],
  ["pluginManager.unbindPlugin", "/wxa/plugin"],
  ["pluginManager.getPluginDevApplyList", "/wxa/devplugin"],
  ["pluginManager.setDevPluginApplyStatus", "/wxa/devplugin"]
])
