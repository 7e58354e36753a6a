// `npm run test:matrix`: the packed packages as strangers install them, in every kind of project and on every runtime.
import { rmSync } from "node:fs"
import { availableParallelism } from "node:os"
import {
  bundledSdks,
  cloudFunction,
  command,
  libraries,
  lowest,
  lowestPeers,
  newest,
  newestPeers,
  newestUndici,
  oldSdks,
  pack,
  sdks
} from "./layouts.mjs"
import { root, runtimes, strict, tarballs, undici8, work } from "./layouts.mjs"
import { pool, run, startEmulator } from "./process.mjs"

const started = performance.now()
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`
const count = { passed: 0, failed: 0, skipped: 0 }

/** One line of the report; what it resolves with is what later lines build on, and `undefined` has them skipped. */
const check = async (name, effect, ...needs) => {
  if (needs.includes(undefined)) {
    count.skipped++
    console.log(`- ${name}: what it needs has failed`)
    return undefined
  }
  try {
    const result = (await effect()) ?? true
    count.passed++
    console.log(`✓ ${name}`)
    return result
  } catch (error) {
    count.failed++
    console.log(`✗ ${name}\n${error.message.replace(/^/gm, "    ")}`)
    return undefined
  }
}

/** What the emulator's seed is to every list program. */
const list = `aaaa 插件昵称: applying
wx00000000000000b2 腾讯位置服务路线规划: approved
wx00000000000000b3 客服小助手: refused
wx00000000000000b4 门店 & 地图: timeout
`
const lists = async (...program) => {
  const stdout = await run(...program)
  if (stdout !== list) {
    throw new Error(`printed\n${stdout}`)
  }
}

const commandTarball = tarballs["@effect-wechat/cli"]
const appids = JSON.stringify(list.match(/^\S+/gm))
const listsByCommand = async (program, args) => {
  const stdout = await run(program, [...args, "list", "--emulator", "--json"], { cwd: work })
  if (JSON.stringify(JSON.parse(stdout).map(({ appid }) => appid)) !== appids) {
    throw new Error(`printed\n${stdout}`)
  }
}

const say = (versions) => Object.entries(versions).flat().join(" ")
const tool = (name, ...args) => run(`${root}node_modules/.bin/${name}`, args)

/** All that is installed or compiled before programs run, each once. */
const prepare = async () => {
  const packed = await check("the packages build and pack", pack)
  const found = {}
  const tasks = [
    async () =>
      (found.runtimes = await check("Node 18, 20, 22, 24 and Deno are there", () =>
        runtimes([18, 20, 22, 24], "2.9.6")
      )),
    async () => {
      const flat = (found.newest = await check(`npm installs ${say(newestPeers)}`, newest, packed))
      found.cloudFunction = await check(
        "a cloud function's folder is bundled and installed",
        () => cloudFunction(flat),
        flat
      )
      found.bundle = await check("esbuild bundles", () => bundle(flat), flat)
      found.bundledSdks = await check("esbuild bundles each wx-server-sdk", () => bundledSdks(flat), flat)
      found.typescript = await check("TypeScript compiles, nodenext", () => nodenext(flat), flat)
      await check("TypeScript compiles, bundler", () => bundler(flat), flat)
      await check("what is internal is closed", () => run(process.execPath, ["closed.mjs"], { cwd: flat }), flat)
    },
    async () => {
      const folder = (found.lowest = await check(`npm installs ${say(lowestPeers)}`, lowest, packed))
      found.lowestTypescript = await check(
        "TypeScript compiles, nodenext, lowest peers",
        () => nodenext(folder),
        folder
      )
      await check("TypeScript compiles, bundler, lowest peers", () => bundler(folder), folder)
    },
    async () => {
      const folder = await check(`npm installs undici ${newestUndici}`, undici8, packed)
      found.undici8 = await check("TypeScript compiles, nodenext, undici 8", () => nodenext(folder), folder)
    },
    async () => (found.strict = await check("pnpm installs without hoisting", strict, packed)),
    ...Object.entries(tarballs).flatMap(([name, file]) => [
      () => check(`publint: ${name}`, () => tool("publint", "run", file, "--strict"), packed),
      ...(libraries.includes(name)
        ? [() => check(`are the types wrong: ${name}`, () => tool("attw", file, "--profile", "node16"), packed)]
        : [])
    ]),
    async () => (found.command = await check("npm installs the command, and nothing beside it", command, packed)),
    () =>
      check(
        "npx runs the command from its tarball",
        () => listsByCommand("npx", ["--yes", `file:${commandTarball}`]),
        packed
      )
  ]
  await pool(tasks, availableParallelism())
  return found
}

const tsc = (cwd, ...options) =>
  // without skipLibCheck: the declarations have to hold by themselves
  run("node_modules/.bin/tsc", ["--strict", "--exactOptionalPropertyTypes", "--target", "es2022", ...options], { cwd })
const nodenext = (cwd) =>
  tsc(cwd, "--module", "nodenext", "typescript.mts", "typescript.cts", "undici.mts").then(() => cwd)
const bundler = (cwd) => tsc(cwd, "--module", "preserve", "--moduleResolution", "bundler", "--noEmit", "typescript.mts")
const bundle = (cwd) =>
  run(
    "node_modules/.bin/esbuild",
    ["typescript.mts", "--bundle", "--minify", "--platform=node", "--format=esm", "--outfile=bundle.mjs"],
    { cwd }
  ).then(() => cwd)

/** The list programs of one Node, against an emulator that runs on it too. */
const onNode = async ({ major, node }, found, wide) => {
  const emulator = await check(
    `Node ${major}: the emulator's command`,
    () => startEmulator(node, found.newest),
    found.newest
  )
  const on =
    (layout, file, name, env = {}) =>
    () =>
      check(
        `Node ${major}: ${name}`,
        () => lists(node, [file], { cwd: layout, env: { ...emulator.env, ...env } }),
        layout,
        emulator
      )
  const onUndici = (layout, version) => [
    on(layout, "undici.mjs", `compiled ESM, our layer over undici ${version}`),
    on(layout, "undici.cjs", `CommonJS, our layer over undici ${version}`)
  ]
  await pool(
    [
      on(found.newest, "https.mjs", "ESM, fetch"),
      on(found.newest, "https.cjs", "CommonJS, fetch"),
      on(found.newest, "cloud.mjs", "ESM, wx-server-sdk"),
      on(found.newest, "cloud.cjs", "CommonJS, wx-server-sdk"),
      // undici itself needs Node 20
      ...(major >= 20
        ? [
            on(found.newest, "platform-node.mjs", "ESM, undici of @effect/platform-node"),
            ...onUndici(found.typescript, newestPeers.undici),
            ...onUndici(found.lowestTypescript, lowestPeers.undici),
            () => check(`Node ${major}: the command`, () => listsByCommand(node, [found.command]), found.command)
          ]
        : []),
      ...(major >= 22 ? onUndici(found.undici8, newestUndici) : []),
      on(found.typescript, "typescript.mjs", "compiled ESM"),
      on(found.typescript, "typescript.cjs", "compiled CommonJS"),
      on(found.bundle, "bundle.mjs", "esbuild's bundle"),
      ...oldSdks.map((version) =>
        on(found.newest, "cloud.mjs", `wx-server-sdk ${version}`, { SDK: `wx-server-sdk-${version}` })
      ),
      on(found.lowest, "https.mjs", "lowest peers, fetch"),
      on(found.lowest, "cloud.cjs", "lowest peers, wx-server-sdk"),
      on(found.strict, "https.cjs", "pnpm without hoisting, fetch"),
      on(found.strict, "cloud.mjs", "pnpm without hoisting, wx-server-sdk"),
      ...sdks.map(([version]) => on(found.bundledSdks, `${version}.cjs`, `wx-server-sdk ${version}, bundled`)),
      ...[
        ["folder", "the cloud function's folder"],
        ["bundled", "the cloud function's folder, wx-server-sdk bundled"]
      ].map(([which, name]) =>
        on(found.cloudFunction && found.newest, "cloud-function.cjs", name, {
          FUNCTION_FOLDER: found.cloudFunction?.[which],
          TENCENTCLOUD_RUNENV: "SCF",
          TENCENTCLOUD_REGION: "ap-shanghai",
          SCF_NAMESPACE: "test-env-1",
          TCB_CONTEXT_CNFG: JSON.stringify({ URL: emulator?.env.CLOUD_SERVICE_URL })
        })
      )
    ],
    wide
  )
  emulator?.stop()
}

/** The same files on the runtimes that are not Node; these two run TypeScript as it is. */
const onOthers = async ({ bun, deno }, found, wide) => {
  const emulator = await check(
    "an emulator for Bun and Deno",
    () => startEmulator(process.execPath, found.newest),
    found.newest
  )
  const on = (name, command, args, file) => () =>
    check(`${name}: ${file}`, () => lists(command, [...args, file], { cwd: found.newest, env: emulator.env }), emulator)
  await pool(
    [
      () => check("Bun: the command", () => listsByCommand(bun, [found.command]), found.command),
      ...["https.mjs", "https.cjs", "cloud.mjs", "cloud.cjs", "typescript.mts", "bundle.mjs"].map((file) =>
        on("Bun", bun, [], file)
      ),
      ...[
        "https.mjs",
        "https.cjs",
        "cloud.mjs",
        "cloud.cjs",
        "platform-node.mjs",
        "undici.mts",
        "undici.cjs",
        "typescript.mts",
        "bundle.mjs"
      ].map((file) => on("Deno", deno, ["run", "--allow-all", "--node-modules-dir=manual"], file))
    ],
    wide
  )
  emulator?.stop()
}

/** What the worker answers, for each of its paths. */
const answers = `plain: wx-plugin 插件: approved
signed: wx-plugin 插件: approved
wrong-secret: InvalidAppSecret
nobody-there: connection
plain: timeout
plain: redirect
`

/** The same packages in workerd, Cloudflare's runtime. */
const atTheEdge = (found) =>
  check(
    "workerd: plain, signed, refused, not answered, redirected",
    async () => {
      const folder = found.newest
      const options = ["--bundle", "--minify", "--format=esm", "--conditions=workerd", "--outfile=worker.mjs"]
      await run("node_modules/.bin/esbuild", ["worker.mts", ...options], { cwd: folder })
      const stdout = await run(process.execPath, ["edge.mjs"], { cwd: folder })
      if (stdout !== answers) {
        throw new Error(`printed\n${stdout}`)
      }
    },
    found.newest
  )

try {
  const found = await prepare()
  console.log(`── prepared after ${seconds()}`)
  if (found.runtimes !== undefined) {
    for (const node of found.runtimes.nodes) {
      await onNode(node, found, availableParallelism())
    }
    await onOthers(found.runtimes, found, availableParallelism())
    await atTheEdge(found)
  }
} finally {
  if (process.env.KEEP === undefined) {
    rmSync(work, { recursive: true, force: true })
  } else {
    console.log(`── kept: ${work}`)
  }
}
console.log(`── the matrix took ${seconds()}`)
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed === 0 ? 0 : 1
