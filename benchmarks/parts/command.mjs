// The command wechat-plugin: the time from the start of its process to its first output.
import { build } from "../../packages/cli/build.mjs"
import { bundle, cache } from "../lib/bundle.mjs"
import { figure, shuffled } from "../lib/figures.mjs"
import { timeToFirstOutput } from "../lib/processes.mjs"

export const command = async ({ log, rounds }) => {
  const outdir = `${cache}command/`
  await build(outdir)
  const bin = `${outdir}bin.js`
  const empty = (await bundle("programs/empty.js", { minify: true })).outfile
  const { PATH } = process.env
  const runs = [
    ["an empty program", [empty]],
    ["--version", [bin, "--version"]],
    ["--help", [bin, "--help"]],
    ["list --help", [bin, "list", "--help"]],
    ["errors 40164", [bin, "errors", "40164"]],
    ["list --emulator", [bin, "list", "--emulator"]]
  ].map(([name, args]) => ({ name: `command: ${name}`, args, samples: [] }))
  log(`command: ${runs.length} programs`)
  // the first run is not counted: it fills the cache of the file system
  for (let round = 0; round <= rounds; round++) {
    for (const { args, samples } of shuffled(runs)) {
      const millis = await timeToFirstOutput(process.execPath, args, { PATH })
      if (round > 0) {
        samples.push(millis)
      }
    }
  }
  return runs.map(({ name, samples }) => figure(name, "ms", samples))
}
