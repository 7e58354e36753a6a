import { overFetch } from "./subjects.js"
import { suite } from "./suite.js"

suite(overFetch)
