import { tokens } from "./layers.js"
import { searchOf } from "./search.js"

searchOf(tokens)
