import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import type { Make } from "./client.js"
import { fibers } from "./fibers.js"
import { list, options } from "./ours.js"

export const make: Make = (target) => fibers(target, HttpsTransport.layerFetch(options(target)), list)
