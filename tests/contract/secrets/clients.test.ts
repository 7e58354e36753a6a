import { clients } from "./layers.js"
import { searchOf } from "./search.js"

searchOf(clients)
