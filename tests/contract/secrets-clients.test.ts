import { clients } from "./secrets/layers.js"
import { searchOf } from "./secrets/search.js"

searchOf(clients)
