import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import type * as CloudOptions from "@effect-wechat/transport-cloud/CloudOptions"
import * as CloudTransport from "@effect-wechat/transport-cloud/CloudTransport"
import * as Effect from "effect/Effect"
import { print } from "./program.js"

const cloud = () => require("wx-server-sdk") as CloudOptions.WxServerSdk

void print(Effect.runPromise(Effect.provide(getPluginList, CloudTransport.layer({ cloud, init: {} }))))
