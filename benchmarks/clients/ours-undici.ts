import * as Undici from "@effect-wechat/transport-https/Undici"
import { over } from "./ours.js"

export const make = over(Undici.layer({ connections: 64 }))
