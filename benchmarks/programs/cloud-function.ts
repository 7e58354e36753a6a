// requires the folder of the example and calls `main`, as the cloud does
import { main } from "../../examples/cloud-function/handler.js"
import { print } from "./program.js"

void print(main().then((answer) => ("plugins" in answer ? answer.plugins : Promise.reject(answer.error))))
