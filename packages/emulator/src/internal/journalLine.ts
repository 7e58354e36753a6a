import type { Entry } from "../Journal.js"

const outcome = ({ errcode, fault, status }: Entry["reply"]): string =>
  [
    status === undefined ? "no reply" : String(status),
    ...(errcode === undefined ? [] : [`errcode ${errcode}`]),
    ...(fault === undefined ? [] : [`fault ${fault}`])
  ].join(", ")

export const format = (entry: Entry): string =>
  [
    `#${entry.seq}`,
    entry.method,
    entry.path,
    ...(entry.credential === undefined ? [] : [`${entry.credential.parameter}=***`]),
    // JSON.stringify, because a Redacted knows how to hide itself there
    ...(entry.body === undefined ? [] : [JSON.stringify(entry.body)]),
    "->",
    outcome(entry.reply)
  ].join(" ")
