// what the platform does with the folder of the example: require it, call `main`
import { main } from "../../examples/cloud-function/handler.js"
import { print } from "./program.js"

void print(main().then((answer) => ("plugins" in answer ? answer.plugins : Promise.reject(answer.error))))
