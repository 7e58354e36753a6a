import { tokens } from "./secrets/layers.js"
import { searchOf } from "./secrets/search.js"

searchOf(tokens)
