#!/usr/bin/env node
/** The command `wechat-plugin`. It prints its version before it loads anything else. */
import * as Module from "node:module"
import { version } from "./program/output/version.js"

const args = process.argv.slice(2)

if (args.length === 1 && ["--version", "-v"].includes(args[0]!)) {
  process.stdout.write(`${version}\n`)
} else {
  // Node 22 and later
  ;(Module as { readonly enableCompileCache?: () => void }).enableCompileCache?.()
  void import("./main.js").then(({ main }) => main(args))
}
