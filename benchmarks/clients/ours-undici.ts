import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { over } from "./ours.js"

export const make = over(UndiciHttpClient.layer({ connections: 64 }))
