import type { Operation } from "../../Journal.js"
import * as Applicant from "./applicant.js"
import * as Developer from "./developer.js"
import type { JsonObject } from "../http/json.js"
import type { Transition } from "./transition.js"

/** What a path does, by the `action` of the body. */
interface Entry {
  readonly operation: Operation
  readonly transition: Transition
}

const plugin: Readonly<Record<string, Entry>> = {
  list: { operation: "pluginManager.getPluginList", transition: Applicant.list },
  apply: { operation: "pluginManager.applyPlugin", transition: Applicant.apply },
  unbind: { operation: "pluginManager.unbindPlugin", transition: Applicant.unbind },
  update: { operation: "pluginManager.updatePlugin", transition: Applicant.update }
}

const setDevPluginApplyStatus = "pluginManager.setDevPluginApplyStatus"

const devplugin: Readonly<Record<string, Entry>> = {
  dev_apply_list: { operation: "pluginManager.getPluginDevApplyList", transition: Developer.applyList },
  dev_agree: { operation: setDevPluginApplyStatus, transition: Developer.agree },
  dev_refuse: { operation: setDevPluginApplyStatus, transition: Developer.refuse },
  dev_delete: { operation: setDevPluginApplyStatus, transition: Developer.remove }
}

export type Path = "/wxa/plugin" | "/wxa/devplugin"

const paths: Readonly<Record<Path, Readonly<Record<string, Entry>>>> = {
  "/wxa/plugin": plugin,
  "/wxa/devplugin": devplugin
}

export const find = (path: Path, data: JsonObject | undefined): Entry | undefined => {
  const action = data?.["action"]
  return typeof action === "string" && Object.hasOwn(paths[path], action) ? paths[path][action] : undefined
}

/** The operations behind a path, none if it is no path of these. */
export const of = (path: string): ReadonlyArray<Operation> =>
  Object.hasOwn(paths, path) ? [...new Set(Object.values(paths[path as Path]).map(({ operation }) => operation))] : []

/** What a cloud function can call, and the path that stands behind it: its config.json names these. */
export const cloudApis: ReadonlyMap<string, Path> = new Map([
  ["pluginManager.getPluginList", "/wxa/plugin"],
  ["pluginManager.applyPlugin", "/wxa/plugin"],
  ["pluginManager.unbindPlugin", "/wxa/plugin"],
  ["pluginManager.getPluginDevApplyList", "/wxa/devplugin"],
  ["pluginManager.setDevPluginApplyStatus", "/wxa/devplugin"]
])
