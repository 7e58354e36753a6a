/** The clients: file, name in the tables, and whether they are measured in all cells. */
export const clients = [
  { file: "ours-undici", name: "ours on undici", main: true },
  { file: "ours-undici-span", name: "ours on undici, with the default tracer" },
  { file: "ours-undici-run-promise", name: "ours on undici, runPromise for each call" },
  { file: "ours-node", name: "ours on node:https", main: true },
  { file: "ours-fetch", name: "ours on fetch", main: true },
  { file: "ours-platform-undici", name: "ours on platform-node's undici" },
  { file: "ours-platform-node", name: "ours on platform-node's node:http" },
  { file: "raw-dispatch", name: "raw undici dispatch", main: true },
  { file: "global-fetch", name: "global fetch", main: true },
  { file: "co-wechat-api", name: "co-wechat-api", main: true },
  { file: "wechat-api", name: "wechat-api" },
  { file: "node-easywechat", name: "node-easywechat", main: true },
  { file: "naive-effect", name: "a naive Effect client" }
]
