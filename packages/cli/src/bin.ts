#!/usr/bin/env node
/** The command `wechat-plugin`. What is asked most often costs least: the version is told before anything else is loaded. */
import * as Module from "node:module"
import { version } from "./program/version.js"

const args = process.argv.slice(2)

if (args.length === 1 && ["--version", "-v"].includes(args[0]!)) {
  process.stdout.write(`${version}\n`)
} else {
  // since Node 22
  ;(Module as { readonly enableCompileCache?: () => void }).enableCompileCache?.()
  void import("./main.js").then(({ main }) => main(args))
}
