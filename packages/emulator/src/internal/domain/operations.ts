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

const getPluginOpenPId: Definition = { operation: "auth.getPluginOpenPId", transition: Developer.openpid }

export type Path = "/wxa/plugin" | "/wxa/devplugin" | "/wxa/getpluginopenpid"

interface Rules {
  /** WeChat's permission set, which a component needs */
  readonly permissionSet: number
  /** the errcode of a body that is not JSON */
  readonly malformed: number
  readonly all: ReadonlyArray<Definition>
  readonly find: (data: Fields | undefined) => Definition | undefined
}

/** The rules of a path whose operation is selected by the `action` of the body. */
const byAction = (definitions: Readonly<Record<string, Definition>>): Rules => ({
  permissionSet: 40,
  malformed: 47001,
  all: Object.values(definitions),
  find: (data) => {
    const action = data?.["action"]
    return typeof action === "string" && Object.hasOwn(definitions, action) ? definitions[action] : undefined
  }
})

/** The paths of the API, and what differs between them. */
export const rules: Readonly<Record<Path, Rules>> = {
  "/wxa/plugin": byAction(plugin),
  "/wxa/devplugin": byAction(devplugin),
  "/wxa/getpluginopenpid": {
    permissionSet: 18,
    malformed: 1022,
    all: [getPluginOpenPId],
    find: () => getPluginOpenPId
  }
}

export const isPath = (path: string): path is Path => Object.hasOwn(rules, path)

export const paths = Object.keys(rules).filter(isPath)

/** All operations of a path; empty for an unknown path. */
export const of = (path: string): ReadonlyArray<Operation> =>
  isPath(path) ? [...new Set(rules[path].all.map(({ operation }) => operation))] : []

/** The APIs that a cloud function can be permitted to call, by their names in config.json, each with its path. */
export const cloudApis: ReadonlyMap<string, Path> = new Map([
  ["pluginManager.getPluginList", "/wxa/plugin"],
  ["pluginManager.applyPlugin", "/wxa/plugin"],
  ["pluginManager.unbindPlugin", "/wxa/plugin"],
  ["pluginManager.getPluginDevApplyList", "/wxa/devplugin"],
  ["pluginManager.setDevPluginApplyStatus", "/wxa/devplugin"]
])
